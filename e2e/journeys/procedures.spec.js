// Each procedure from its draft to the published award, and one that fails and is begun again by another.
import { awards, isTold, readsAward } from './awarding.js';
import { bids } from './bidding.js';
import { daysAhead, drafts, publishes, wanted } from './drafting.js';
import { appoints, declares, qualifies, scores, signsReport } from './evaluating.js';
import { creditCode, gathers, named, opens } from './gathering.js';
import { asksForFinalOffers, negotiates, putsBeforePanel } from './negotiating.js';
import { passesDeadline } from './opening.js';
import { expect, test } from './person.js';

const panel = ['expert01', 'expert02', 'expert03'];
const scored = (price) => [
  { kind: 'price', zh: '报价', en: 'Price', points: String(price), basis: '低价优先法' },
  { kind: 'technical', zh: '技术方案', en: 'Technical proposal', points: String(100 - price), basis: '响应文件中的技术方案' },
];

// One language each: the steps that procedures share are walked in both by the open tender.
const procedures = [
  { procedure: 'inquiry', ground: 'uniform-goods', language: 'zh-CN', days: 8, bidders: 3, criteria: [] },
  { procedure: 'competitive-negotiation', ground: 'complex', language: 'zh-CN', days: 8, bidders: 3, criteria: [], isNegotiated: true },
  { procedure: 'single-source', ground: 'only-supplier', language: 'zh-CN', days: 3, bidders: 1, criteria: [], isNegotiated: true },
  { procedure: 'competitive-consultation', ground: 'price-unknowable', language: 'en', days: 11, bidders: 3, criteria: scored(40), isNegotiated: true },
  { procedure: 'emergency', ground: 'emergency-event', language: 'en', days: 1, bidders: 1, criteria: scored(40) },
];

for (const { procedure, ground, language: spoken, days, bidders, criteria, isNegotiated } of procedures) {
  test(`${procedure}: a draft becomes an award, in ${spoken}`, async ({ person, account, language }) => {
    test.setTimeout(600_000);
    const say = named(language);
    const around = await gathers(person, account, language, bidders);
    const { officer, approver, holders, sellers, experts } = around;
    const address = await test.step('the officer drafts, another approves, it is published', async () => {
      const soleSupplier = procedure === 'single-source' ? await creditCode(sellers[0].seller) : undefined;
      const content = { ...wanted(procedure), criteria, panelSize: '3', choice: { procedure, ground, soleSupplier } };
      const made = await drafts(officer, content, holders.map(({ name }) => name), await daysAhead(officer, days));
      await publishes(officer, approver, made);
      return made;
    });
    const offers = ['1105000', '1138000', '1172000'].map((price, place) => ({ price, brand: `品牌${place}`, technical: '方案' }));
    for (const [place, { seller, name }] of sellers.entries()) await test.step(`${name} responds`, () => bids(seller, address, offers[place]));
    await test.step('the responses are opened', () => opens(around, address, bidders));
    await test.step('the officer judges, the panel declares', async () => {
      await qualifies(officer, address, bidders);
      for (const login of panel) experts.push(await person(login));
      await appoints(officer, address, panel.map((login) => say(account(login))));
      for (const expert of experts) await declares(expert, address);
    });
    // The last is the cheapest in the end, whatever is deducted for small enterprises.
    let winner = sellers[0].name;
    if (isNegotiated) {
      await test.step('talks with each, then final offers', async () => {
        await negotiates(officer, sellers, address);
        await asksForFinalOffers(officer, address);
        for (const [place, { seller }] of sellers.entries()) {
          await bids(seller, address, { ...offers[place], price: String(1090000 - 120000 * place) }, 'bid-prepare-final');
        }
        await opens(around, address, bidders);
        await putsBeforePanel(officer, address);
        winner = sellers[bidders - 1].name;
      });
    }
    const technical = criteria.length > 0 ? { [say(criteria[1])]: '50' } : {};
    for (const expert of experts) await test.step(`${expert.name} judges alone`, () => scores(expert, address, () => technical));
    await test.step('all sign; the award is confirmed and published', async () => {
      for (const expert of experts) await signsReport(expert, address, winner);
      await awards(approver, officer, address);
    });
    const reader = await person();
    await reader.goes(`/?lang=${language}`);
    await readsAward(reader, address, winner);
    for (const { seller, name } of sellers) if (name !== winner) await isTold(seller, address);
  });
}

test('an open tender without bids fails and begins again as a negotiation, in en', async ({ person, account, language }) => {
  test.setTimeout(300_000);
  const around = await gathers(person, account, language, 0);
  const { officer, approver, holders } = around;
  const address = await drafts(officer, wanted('re-tender'), holders.map(({ name }) => name), await daysAhead(officer, 21));
  await publishes(officer, approver, address);
  await test.step('it is stopped for a while, and goes on', async () => {
    await officer.follows('stop-title');
    const form = officer.main.locator('form', { has: officer.page.getByRole('button', { name: officer.say('stop-suspend-do'), exact: true }) });
    await officer.fills({ 'stop-reason-zh': '收到投诉，暂停采购活动。', 'stop-reason-en': 'A complaint has come in.' }, form);
    await officer.presses('stop-suspend-do');
    await officer.reads('done-stop-suspended');
    await officer.follows('stop-title');
    await officer.presses('stop-resume-do');
    await officer.reads('done-stop-resumed');
  });
  await passesDeadline(officer, address);
  await officer.signsIn();
  // A job ends it right after the deadline.
  await expect(async () => {
    await officer.goes(address);
    await expect(officer.main.getByText(officer.say('tender-state-failed'), { exact: true }).first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await officer.follows('stop-title');
  await officer.field('choice-procedure').selectOption('competitive-negotiation');
  await officer.presses('stop-again-do');
  await officer.reads('done-stop-begun-again');
  await expect(officer.field('choice-ground')).toHaveValue('no-bids-or-failed');
  await officer.presses('tender-save-next');
  await officer.goes(officer.page.url().replace(/\/edit.*$/, ''));
  await expect(officer.fact('choice-procedure')).toHaveText(officer.say('procedure-competitive-negotiation'));
  await expect(officer.page.getByRole('link', { name: officer.say('choice-follows-link') })).toHaveAttribute('href', address);
});
