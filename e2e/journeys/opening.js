// The opening: time passes, the holders come with their files, the record stands.
import { expect } from './person.js';

// Moves the demonstration's clock by its bar, from deadline to deadline, until this tender's is over.
export async function passesDeadline(person, address) {
  await person.goes(address);
  const deadline = new Date(await person.fact('tender-deadline').locator('time').getAttribute('datetime'));
  const now = async () => new Date(await person.page.locator('form.demo time').getAttribute('datetime'));
  while ((await now()) <= deadline) {
    const before = await now();
    await person.presses('demo-clock-next-deadline', {}, person.page);
    expect((await now()).getTime(), 'the clock moves').toBeGreaterThan(before.getTime());
  }
}

// A holder unlocks its shares of so many bids in the browser and hands them in.
export async function handsIn({ holder, file, passphrase }, address, bids = 3) {
  const { page } = holder;
  await holder.goes(`${address}/opening`);
  await holder.field('opening-key-file').setInputFiles(file);
  await holder.field('opening-passphrase').fill(passphrase);
  await page.getByRole('button', { name: holder.say('opening-open-shares'), exact: true }).click();
  await expect(page.getByText(holder.say('opening-shares-opened', { opened: bids, total: bids }))).toBeVisible({ timeout: 60_000 });
  await holder.presses('opening-hand-in');
  await holder.reads('done-shares-handed-in');
}

// Anybody reads who bid and for how much.
export async function readsRecord(reader, address, bids) {
  await reader.goes(`${address}/opening`);
  const record = reader.page.getByRole('table', { name: reader.say('opening-record-caption') });
  for (const { name, price } of bids) {
    await expect(record.getByRole('row', { name })).toContainText(price.replace(/\B(?=(\d{3})+(?!\d))/g, ','));
  }
}
