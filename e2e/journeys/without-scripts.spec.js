// Without JavaScript: whoever may read, reads; whoever has an account, signs in.
import { expect, test } from './person.js';

test('a notice is read with JavaScript off', async ({ person }) => {
  const reader = await person(undefined, { scripts: false });
  await reader.goes(`/tenders?lang=${reader.language}`);
  const notice = reader.main.locator('h2 a').first();
  const title = await notice.textContent();
  await reader.arrives(() => notice.click());
  await expect(reader.page.getByRole('heading', { level: 1 })).toHaveText(title);
  for (const part of ['tender-timeline', 'tender-items', 'tender-requirements', 'tender-papers', 'tender-criteria', 'tender-questions']) {
    await expect(reader.page.getByRole('heading', { name: reader.say(part) })).toBeVisible();
  }
  await expect(reader.fact('tender-budget')).toContainText('¥');
  await expect(reader.fact('tender-deadline').locator('time')).toBeVisible();
});

test('items are searched with JavaScript off', async ({ person, language }) => {
  const reader = await person(undefined, { scripts: false });
  await reader.goes(`/items?lang=${reader.language}`);
  await reader.fills({ 'items-search': language === 'en' ? 'printer' : '打印机' });
  await reader.presses('items-search-do');
  await expect(reader.page.locator('mark').first()).toBeVisible();
  await reader.follows('item-sort-price');
  await reader.arrives(() => reader.main.locator('tbody th a').first().click());
  await expect(reader.page.getByRole('table', { name: reader.say('item-prices') })).toBeVisible();
});

test('somebody signs in and out with JavaScript off', async ({ person }) => {
  const officer = await person('officer.hospital-hz', { scripts: false });
  await officer.goes('/orders');
  await officer.page.locator('summary.who').click();
  await officer.presses('sign-out', {}, officer.page);
  await officer.goes('/orders');
  await expect(officer.page).toHaveURL(/\/sign-in\?next=%2Forders/);
});
