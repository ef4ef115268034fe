// A tender in three lots: two suppliers bid together for two of them, one lot fails for want of bids, and the others are
// judged, awarded and contracted apart.
import { isTold } from './awarding.js';
import { bidsForLot } from './bidding.js';
import { daysAhead, drafts, publishes, wanted } from './drafting.js';
import { appoints, declares, qualifies, scores, signsReport } from './evaluating.js';
import { creditCode, gathers, named, opens } from './gathering.js';
import { expect, test } from './person.js';

const item = (zh, en) => ({ zh, en, quantity: '20', unit: '台', specification: { zh: '24 口千兆', en: '24 gigabit ports' } });
const lots = [
  { zh: '交换机', en: 'Switches', budget: '600000', items: [item('接入交换机', 'Access switch'), item('核心交换机', 'Core switch')] },
  { zh: '无线网络', en: 'Wireless network', budget: '400000', items: [item('无线接入点', 'Access point')] },
  { zh: '机房设备', en: 'Server room', budget: '200000', items: [item('机柜', 'Rack')] },
];
const panel = ['expert01', 'expert02', 'expert03', 'expert04', 'expert05'];

// The lead proposes with its partner for the first two lots; the partner agrees.
async function bidTogether(lead, partner, address) {
  await lead.goes(`${address}/consortium`);
  const third = lead.main.getByRole('checkbox', { name: new RegExp(`^${lead.say('lot-number', { number: 3 })}`) });
  await third.uncheck();
  const own = lead.page.getByRole('group', { name: lead.say('consortium-own-part') });
  await lead.fills({ 'consortium-share': '65', 'consortium-work-zh': '设备供货' }, own);
  const member = lead.page.getByRole('group', { name: lead.say('consortium-member-number', { number: 1 }) });
  await lead.fills({ 'consortium-credit-code': await creditCode(partner), 'consortium-share': '35', 'consortium-work-zh': '安装调试' }, member);
  await lead.presses('consortium-propose-do');
  await lead.reads('done-consortium-proposed');
  await partner.goes(`${address}/consortium`);
  await partner.presses('consortium-agree');
  await partner.reads('done-consortium-agreed');
}

const first = (person, key) => person.main.getByRole('button', { name: new RegExp(`^${person.say(key)}`) }).first();

test('three lots and a consortium: a draft becomes two contracts, in zh-CN', async ({ person, account, language }) => {
  test.setTimeout(900_000);
  const say = named(language);
  const around = await gathers(person, account, language, 3);
  const { officer, approver, holders, sellers, experts } = around;
  const partner = await person('seller.yunshan-net');
  const [lead, second, third] = sellers.map(({ seller }) => seller);
  const address = await test.step('the officer divides the purchase into three lots', async () => {
    const content = { ...wanted('分三包'), lots, takesConsortia: true };
    const made = await drafts(officer, content, holders.map(({ name }) => name), await daysAhead(officer, 21));
    await publishes(officer, approver, made);
    return made;
  });
  await test.step('two suppliers agree to bid together', () => bidTogether(lead, partner, address));
  await test.step('a member that also bids alone is refused before it begins, with the rule', async () => {
    await partner.goes(`${address}/bid?lot=1`);
    await expect(partner.main).toContainText('第二十二条');
  });
  const offer = (price, brand) => ({ price, brand, technical: '方案与工期安排' });
  await test.step('bids for each lot', async () => {
    await bidsForLot(lead, address, 1, offer('480000', '甲'));
    await bidsForLot(lead, address, 2, offer('372000', '甲'));
    for (const [seller, brand, prices] of [[second, '乙', ['560000', '310000', '180000']], [third, '丙', ['570000', '380000', '190000']]]) {
      for (const [place, price] of prices.entries()) await bidsForLot(seller, address, place + 1, offer(price, brand));
    }
  });
  await test.step('the third lot has too few bids and is not opened', async () => {
    await opens(around, address, 6);
    await partner.signsIn();
    await officer.goes(`${address}?lot=3`);
    await officer.reads('lot-failed');
  });
  await test.step('the officer judges, the panel declares and scores each lot', async () => {
    await qualifies(officer, address, 6);
    for (const login of panel) experts.push(await person(login));
    await appoints(officer, address, panel.map((login) => say(account(login))));
    for (const expert of experts) await declares(expert, address);
    const [, technical, business] = wanted('').criteria.map(say);
    for (const expert of experts) await scores(expert, address, () => ({ [technical]: '36', [business]: '16' }));
    for (const expert of experts) await signsReport(expert, address, sellers[0].name);
  });
  await test.step('each lot is confirmed, all are published together', async () => {
    for (let lot = 1; lot <= 2; lot += 1) {
      await approver.goes(`${address}/award`);
      await approver.arrives(() => first(approver, 'award-confirm').click());
      await approver.reads('done-award-confirmed');
    }
    await officer.goes(`${address}/award`);
    await officer.presses('award-publish');
    await officer.reads('done-award-published');
  });
  await test.step('everybody reads who won which lot', async () => {
    const reader = await person();
    await reader.goes(`/?lang=${language}`);
    await reader.goes(`${address}/award?lang=${language}`);
    const winners = reader.page.locator(`dt:text-is("${reader.say('award-winner')}") + dd .value`);
    await expect(winners).toHaveCount(2);
    await expect(winners.nth(0)).toContainText(sellers[0].name);
    await expect(winners.nth(1)).toContainText(sellers[1].name);
    await reader.reads('lot-failed');
    await isTold(third, address);
  });
  await test.step('two contracts; every member of the consortium signs its own', async () => {
    const drawn = [];
    for (let lot = 1; lot <= 2; lot += 1) {
      await officer.goes(`${address}/award`);
      await officer.arrives(() => first(officer, 'award-make-contract').click());
      await officer.reads('done-contract-made');
      drawn.push(new URL(officer.page.url()).pathname);
    }
    for (const [contract, signers] of [[drawn[0], [approver, lead, partner]], [drawn[1], [approver, second]]]) {
      for (const signer of signers) {
        await signer.goes(contract);
        await signer.presses('contract-sign');
        await signer.reads('done-contract-signed');
      }
    }
    await officer.goes(address);
    await expect(officer.main.getByText(officer.say('tender-state-contracted'), { exact: true }).first()).toBeVisible();
  });
});
