// The suppliers' part: a bid that is written and sealed in the browser, its receipt, its replacement.
import { expect } from './person.js';

// Opens the workspace from the notice, writes the bid, seals it, and stands before the receipt. Answers the bid's number.
export async function bids(seller, address, offer, way = 'bid-prepare') {
  await seller.goes(address);
  await seller.follows(way);
  await writes(seller, offer);
  return seals(seller);
}

// Bids for one lot of a tender that is divided, from the list of its lots.
export async function bidsForLot(seller, address, lot, offer) {
  await seller.goes(`${address}/bid`);
  const row = seller.main.getByRole('row', { name: seller.say('lot-number', { number: lot }) });
  await seller.arrives(() => row.getByRole('link', { name: seller.say('bid-prepare') }).click());
  await writes(seller, offer);
  return seals(seller);
}

// Replaces the bid that is in by another.
export async function replaces(seller, address, offer) {
  await seller.goes(`${address}/bid`);
  await seller.follows('bid-replace');
  await writes(seller, offer);
  return seals(seller);
}

async function writes(seller, { technical, brand, price }) {
  const { page } = seller;
  const answers = page.locator('#bid-requirements .bid-answer');
  for (const answer of await answers.all()) await answer.getByLabel(seller.say('bid-met'), { exact: true }).check();
  for (const paper of await page.locator('#bid-papers textarea').all()) await paper.fill('见附件，编号 2026-001');
  const licence = { name: '营业执照.pdf', mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.7\n% ${technical}\n`) };
  await page.locator('#bid-papers input[type=file]').first().setInputFiles(licence);
  await seller.fills({ 'bid-technical': technical, 'bid-brand': brand, 'bid-price': price });
  // The draft is kept in this browser: it is there after the page was loaded again.
  await expect(page.locator('#bid-saved')).not.toHaveText(seller.say('bid-unsaved'));
  await seller.arrives(() => page.reload());
  await expect(seller.field('bid-technical')).toHaveValue(technical);
  await expect(page.locator('#bid-papers input[type=file]').first()).toHaveValue(/营业执照\.pdf$/);
  await expect(page.locator('#bid-check')).toContainText(price.replace(/\B(?=(\d{3})+(?!\d))/g, ','));
}

async function seals(seller) {
  await seller.presses('bid-seal');
  await seller.reads('done-bid-submitted');
  await expect(seller.page.getByRole('link', { name: seller.say('bid-key-save') })).toBeVisible();
  return seller.page.locator('#bid-number').textContent();
}
