// From a supplier's price lists to an order that has arrived in two parts.
import { readFileSync } from 'node:fs';
import { expect, test } from './person.js';
import { listOf, lists, repairRow } from './price-lists.js';

// In each language a supplier and a buyer of their own, so that neither journey stands in the other's way.
const people = {
  'zh-CN': { seller: 'seller.qihang-it', officer: 'officer.hospital-hz' },
  en: { seller: 'seller.kangze-medical', officer: 'officer.university-hz' },
};

test('a price list becomes a delivered order', async ({ person, account, language }) => {
  const seller = await person(people[language].seller);
  const officer = await person(people[language].officer);
  const supplier = account(people[language].seller).organization.name[language === 'en' ? 'en' : 'zh'];

  for (const [what, { file, hasBadRows }] of Object.entries(lists)) {
    await test.step(`the supplier imports the list of ${what}`, () => imports(seller, file, hasBadRows));
  }
  await test.step('the same file twice changes nothing', () => importsAgain(seller, lists.repair.file));

  const helmet = repairRow('M00002');
  await test.step('the buyer finds an item by a Chinese word and narrows down by facet', async () => {
    await findsByWordAndFacet(officer, '安全帽', helmet.品名, supplier, '3M');
  });
  await test.step('compares two of them', () => comparesTwo(officer));
  await test.step('puts one into the basket', async () => {
    await findsByWordAndFacet(officer, '安全帽', helmet.品名, supplier, '3M');
    await putsIn(officer, helmet.品名, 20);
  });
  await test.step('finds another by a misspelt English word', async () => {
    await officer.goes('/items');
    await officer.fills({ 'items-search': 'benchtop centrifgue' });
    await officer.presses('items-search-do');
    await officer.reads('items-corrected');
    await narrows(officer, supplier);
    await putsIn(officer, /Centrifuge, benchtop/, 2);
  });

  await test.step('a price that has risen since is asked for again', async () => {
    const dearer = listOf({ ...helmet, '单价(元)': '45.60' });
    await importsContent(seller, 'new-price.csv', dearer);
    await officer.goes('/basket');
    await officer.reads('basket-prices-changed');
    await fillsDelivery(officer);
    await officer.presses('basket-place');
    await expect(officer.page.getByRole('alert')).toBeVisible();
    await officer.presses('basket-accept-prices');
    await officer.reads('done-basket-prices-accepted');
    await expect(officer.page.getByRole('row', { name: helmet.品名 })).toContainText('912.00');
  });
  const order = await test.step('the buyer orders', async () => {
    await fillsDelivery(officer);
    await officer.presses('basket-place');
    await officer.reads('done-orders-placed');
    return new URL(officer.page.url()).pathname;
  });

  await test.step('the supplier confirms and despatches a first part', async () => {
    await seller.goes(order);
    await seller.presses('order-confirm');
    await seller.reads('done-order-confirmed');
    await despatches(seller, { [helmet.品名]: 12, Centrifuge: 1 });
    await isIn(seller, 'order-state-partly-despatched');
  });
  await test.step('the buyer receives it, sends one back with a note and a photo', async () => {
    await officer.goes(order);
    await receives(officer, { [helmet.品名]: [11, 1], Centrifuge: [1, 0] }, '一顶帽壳开裂');
    await isIn(officer, 'order-state-partly-received');
  });
  await test.step('the supplier despatches the rest', async () => {
    await seller.goes(order);
    await despatches(seller, { [helmet.品名]: 9, Centrifuge: 1 });
  });
  await test.step('the buyer receives it and closes the order', async () => {
    await officer.goes(order);
    await receives(officer, { [helmet.品名]: [9, 0], Centrifuge: [1, 0] });
    await isIn(officer, 'order-state-received');
    await officer.presses('order-close');
    await officer.reads('done-order-closed');
    await isIn(officer, 'order-state-closed');
    await seller.goes('/orders');
    await expect(seller.page.getByRole('row', { name: await number(officer) })).toContainText(seller.say('order-state-closed'));
  });
});

const count = async (person, verdict) => Number(await person.fact(`import-verdict-${verdict}`).textContent());

// Sends a file and stands before what would happen.
async function sends(seller, file) {
  await seller.goes('/catalogue/import');
  await seller.field('import-file').setInputFiles(file);
  await seller.presses('import-read');
  await expect(seller.page.getByRole('table', { name: seller.say('import-dry-run') })).toBeVisible();
}

async function confirms(seller) {
  await seller.presses('import-confirm');
  await seller.reads('import-applied');
}

// A list with good and bad rows: the good go in, the bad come back as a workbook.
async function imports(seller, file, hasBadRows) {
  await sends(seller, file);
  expect(await count(seller, 'new')).toBeGreaterThan(0);
  if (hasBadRows) await takesBadRows(seller);
  await confirms(seller);
}

async function takesBadRows(seller) {
  expect(await count(seller, 'refused')).toBeGreaterThan(0);
  const told = seller.page.getByRole('row').filter({ hasText: seller.say('import-verdict-refused') }).first();
  await expect(told.getByRole('cell').last()).not.toBeEmpty();
  const coming = seller.page.waitForEvent('download');
  await seller.page.getByRole('link', { name: seller.say('import-take-refused') }).click();
  const workbook = readFileSync(await (await coming).path());
  expect(workbook.subarray(0, 2).toString(), 'a workbook is a ZIP file').toBe('PK');
}

async function importsAgain(seller, file) {
  await sends(seller, file);
  expect(await count(seller, 'new')).toBe(0);
  expect(await count(seller, 'changed')).toBe(0);
  expect(await count(seller, 'unchanged')).toBeGreaterThan(0);
  await seller.reads('import-nothing');
}

async function importsContent(seller, name, buffer) {
  await sends(seller, { name, mimeType: 'text/csv', buffer });
  expect(await count(seller, 'changed')).toBe(1);
  await confirms(seller);
}

// Items come into the index soon after they were written: the buyer looks until this one is there.
async function findsByWordAndFacet(officer, word, name, supplier, brand) {
  await expect(async () => {
    await officer.goes('/items');
    await officer.fills({ 'items-search': word });
    await officer.presses('items-search-do');
    await expect(officer.main.locator('.facets').getByText(supplier)).toBeAttached({ timeout: 100 });
  }).toPass({ timeout: 60_000 });
  await narrows(officer, supplier, new RegExp(`^${brand} `));
  const rows = officer.main.locator('tbody tr');
  await expect(rows.filter({ hasText: name }).first()).toBeVisible();
  await expect(officer.page.locator('mark').filter({ hasText: word }).first()).toBeVisible();
  for (const row of await rows.all()) await expect(row).toContainText(supplier);
}

// Ticks values of facets, which are a sheet of their own on a phone.
async function narrows(officer, ...values) {
  const sheet = officer.main.locator('summary').filter({ hasText: officer.say('items-narrow') });
  if (await sheet.isVisible()) await sheet.click();
  for (const value of values) await officer.main.getByRole('checkbox', { name: value }).check();
  await officer.presses('items-narrow-do');
}

async function comparesTwo(officer) {
  const ticks = officer.main.locator('tbody').getByRole('checkbox');
  const names = await officer.main.locator('tbody th a').allTextContents();
  await ticks.nth(0).check();
  await ticks.nth(1).check();
  await officer.presses('items-compare-do');
  const table = officer.page.getByRole('table', { name: officer.say('items-compare-caption') });
  await expect(table.getByRole('columnheader')).toHaveText([officer.say('items-compare-what'), ...names.slice(0, 2)]);
  await expect(table).toContainText(officer.say('items-compare-best'));
}

// Opens the first hit of this name and takes a number of it.
async function putsIn(officer, name, quantity) {
  await officer.arrives(() => officer.main.getByRole('link', { name }).first().click());
  await officer.fills({ 'item-quantity': String(quantity) });
  await officer.presses('item-add-to-basket');
  await officer.reads('done-basket-added');
}

async function fillsDelivery(officer) {
  const today = new Date(await officer.page.locator('footer time').getAttribute('datetime'));
  const inThirtyDays = new Date(today.getTime() + 30 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  await officer.fills({ 'delivery-contact-phone': '0571-87654321', 'delivery-by-on': inThirtyDays });
}

async function despatches(seller, quantities) {
  const form = seller.page.locator('form').filter({ has: seller.page.getByRole('button', { name: seller.say('order-despatch') }) });
  for (const [item, quantity] of Object.entries(quantities)) await form.getByLabel(item).fill(String(quantity));
  await seller.fills({ 'shipment-carrier': '顺丰速运', 'shipment-tracking-number': 'SF1234567890123' });
  await seller.presses('order-despatch');
  await seller.reads('done-order-despatched');
}

async function receives(officer, quantities, note) {
  for (const [item, [accepted, refused]] of Object.entries(quantities)) {
    const line = officer.page.getByRole('group', { name: item });
    await officer.fills({ 'receipt-accepted': String(accepted), 'receipt-refused': String(refused) }, line);
    if (refused > 0) await officer.field('receipt-defect', {}, line).selectOption({ label: officer.say('receipt-defect-damaged') });
  }
  if (note) {
    const photo = { name: '到货.png', mimeType: 'image/png', buffer: await officer.page.screenshot() };
    await officer.field('receipt-photos').setInputFiles(photo);
    await officer.fills({ 'receipt-note': note });
  }
  await officer.presses('order-receive');
  await officer.reads('done-order-received');
  if (note) {
    await expect(officer.main).toContainText(note);
    const shown = officer.main.locator('img');
    await shown.scrollIntoViewIfNeeded();
    await expect(shown).toHaveJSProperty('complete', true);
    expect(await shown.evaluate((image) => image.naturalWidth), 'the photo is shown').toBeGreaterThan(0);
  }
}

const isIn = (person, state) => expect(person.main.locator('.tag').first()).toHaveText(person.say(state));
const number = async (person) => /\S+$/.exec(await person.page.getByRole('heading', { level: 1 }).textContent())[0];
