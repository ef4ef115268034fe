// The evaluation: bidders judged, a panel whose members score alone, a report that all sign.
import { expect } from './person.js';

export async function qualifies(officer, address, bidders = 3) {
  await officer.goes(address);
  await officer.follows('qualification-go');
  for (const good of await officer.page.getByLabel(officer.say('qualification-good'), { exact: true }).all()) await good.check();
  await officer.presses('qualification-check');
  await officer.reads('qualification-will-go-on-title', { qualified: bidders, bidders });
  await officer.presses('qualification-confirm');
  await officer.reads('done-bidders-qualified');
}

export async function appoints(officer, address, names) {
  await officer.goes(address);
  await officer.follows('panel-appoint');
  for (const name of names) await officer.page.getByRole('checkbox', { name, exact: true }).check();
  await officer.presses('panel-appoint');
  await officer.reads('done-panel-appointed');
}

export async function declares(expert, address) {
  await expert.goes(address);
  await expert.follows('declare-go');
  await expert.field('declare-none').check();
  await expert.presses('declare-sign');
  await expert.reads('done-conflict-none');
}

// Scores each bid on a page of its own and hands the sheet in. `points` tells the points of a bidder by the criterion's name.
export async function scores(expert, address, points) {
  const { page } = expert;
  await expert.goes(`${address}/scores`);
  const bids = expert.main.locator('.tasks a');
  const count = await bids.count();
  await expert.follows('scores-go-on');
  for (let place = 0; place < count; place += 1) {
    const bidder = await page.getByRole('heading', { level: 1 }).textContent();
    for (const met of await page.getByLabel(expert.say('scores-met'), { exact: true }).all()) await met.check();
    for (const [criterion, given] of Object.entries(points(bidder))) await page.getByLabel(criterion, { exact: true }).fill(given);
    const note = expert.field('low-price-note');
    if ((await note.count()) > 0) await note.fill('供应商已说明成本构成并附证明材料，说明成立。');
    await expert.presses(place + 1 < count ? 'scores-save-next' : 'scores-save-check');
    await expert.reads('done-scores-saved');
  }
  await expert.follows('scores-check');
  await expert.presses('scores-submit');
  await expert.reads('done-scores-submitted');
}

export async function signsReport(expert, address, first) {
  await expert.goes(address);
  await expert.follows('report-sign-go');
  await expect(expert.main.locator('table').first().locator('tbody tr').first()).toContainText(first);
  await expert.presses('report-sign');
  await expert.reads('done-report-signed');
}
