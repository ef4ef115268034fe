// Price lists as suppliers send them: those that lie beside the checkout, else the tests' own, which are like them.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const shared = new URL('../../../shared/data/', import.meta.url);
const own = new URL('../fixtures/', import.meta.url);

const place = (name) => {
  const beside = new URL(name, shared);
  return fileURLToPath(existsSync(beside) ? beside : new URL(name, own));
};

export const lists = {
  // GB18030, and every column as a trade of bolts and lamps has it.
  repair: { file: place('pricelist-mro-gb18030.csv'), hasBadRows: true },
  // Titles above a merged header of two rows.
  office: { file: place('pricelist-office-zh.xlsx'), hasBadRows: true },
  // Semicolons, a byte order mark, two ways to write a decimal point.
  laboratory: { file: place('pricelist-lab-en.csv'), hasBadRows: false },
};

// The row of an item in the list of repair goods, by its number.
export function repairRow(number) {
  const [head, ...rows] = new TextDecoder('gb18030').decode(readFileSync(lists.repair.file)).split(/\r?\n/);
  const names = head.split(',');
  const row = rows.find((row) => row.startsWith(`${number},`)).split(',');
  return Object.fromEntries(names.map((name, place) => [name, row[place]]));
}

// A list of one row, in UTF-8, as a supplier sends a new price.
export function listOf(row) {
  return Buffer.from(`${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`);
}
