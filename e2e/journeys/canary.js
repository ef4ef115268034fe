// A search of all that the server keeps and says: database, files, log.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// The files that hold a text, as it stands or as base64, hexadecimal or escaped JSON would write it.
export function holding(text) {
  const forms = writings(text);
  const { ZHAOCAI_DATA: data, ZHAOCAI_LOG: log } = process.env;
  const files = readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  if (files.length === 0) throw new Error(`${data} is empty`);
  return [...files, log].filter((file) => {
    const content = kept(file);
    return forms.some((form) => content.includes(form));
  });
}

// The index merges its files while the server runs: what is gone hides nothing.
function kept(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

function writings(text) {
  const plain = Buffer.from(text);
  const hex = plain.toString('hex');
  // In base64 a text looks one of three ways, by where it begins; what depends on its neighbours is left out.
  const base64 = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), plain]).toString('base64').replace(/=+$/, '');
    return whole.slice(before === 0 ? 0 : before + 1, -2);
  });
  const urlSafe = base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  const escaped = [...text].map((letter) => (letter > '~' ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}` : letter)).join('');
  return [plain, Buffer.from(text, 'utf16le'), ...[hex, hex.toUpperCase(), ...base64, ...urlSafe, escaped].map((form) => Buffer.from(form))];
}
