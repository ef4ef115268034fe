// From a draft to a published award and a contract, by everybody who takes part.
import { randomUUID } from 'node:crypto';
import { awards, contracts, isTold, readsAward } from './awarding.js';
import { bids, replaces } from './bidding.js';
import { holding } from './canary.js';
import { QUESTION, asksAndAnswers, daysAhead, drafts, makesKey, publishes, wanted } from './drafting.js';
import { appoints, declares, qualifies, scores, signsReport } from './evaluating.js';
import { handsIn, passesDeadline, readsRecord } from './opening.js';
import { expect, test } from './person.js';

// In each language a buyer of its own; a supervisor may hold a key as well as the buyer's people.
const people = {
  'zh-CN': { buyer: 'hospital-hz', holders: ['keyholder.hospital-hz', 'supervisor.finance-hz'] },
  en: { buyer: 'university-hz', holders: ['keyholder.university-hz', 'keyholder2.university-hz'] },
};

const suppliers = ['seller.qihang-it', 'seller.shuchuan-computer', 'seller.kangze-medical'];
const panel = ['expert01', 'expert02', 'expert03', 'expert04', 'expert05'];

test('a draft becomes an award and a contract', async ({ person, account, language }) => {
  test.setTimeout(900_000);
  const { buyer, holders: logins } = people[language];
  const named = ({ name, ...text }) => (name ?? text)[language === 'en' ? 'en' : 'zh'];
  const officer = await person(`officer.${buyer}`);
  const approver = await person(`approver.${buyer}`);
  const holders = [];
  await test.step('two key holders make their keys in the browser', async () => {
    for (const login of logins) {
      const holder = await person(login);
      holders.push({ ...(await makesKey(holder)), holder, name: named(account(login)) });
    }
  });
  const address = await test.step('the officer drafts a tender', async () => {
    const deadline = await daysAhead(officer, 21);
    return drafts(officer, wanted(language), holders.map(({ name }) => name), deadline);
  });
  await test.step('another person approves, the officer publishes', () => publishes(officer, approver, address));
  const sellers = [];
  await test.step('a supplier asks, the officer answers', async () => {
    for (const login of suppliers) sellers.push({ seller: await person(login), name: named(account(login).organization) });
    await asksAndAnswers(sellers[0].seller, officer, address);
  });

  const canary = `canary-${randomUUID()}`;
  const offers = [
    { price: '1105000', brand: '华三', technical: `S5590 系列，方案编号 ${canary}` },
    { price: '1138000', brand: '锐捷', technical: `RG-S5760 系列，方案编号 ${canary}` },
    { price: '1172000', brand: '迈普', technical: `S4330 系列，方案编号 ${canary}` },
  ];
  for (const [place, { seller, name }] of sellers.entries()) {
    await test.step(`${name} bids`, () => bids(seller, address, offers[place]));
  }
  await test.step('the first replaces its bid', async () => {
    offers[0] = { ...offers[0], price: '1098000' };
    await replaces(sellers[0].seller, address, offers[0]);
  });
  await test.step('before the deadline a search of database, files and log finds nothing of a bid', () => {
    expect(holding(QUESTION), 'the search finds what is no secret').not.toEqual([]);
    expect(holding(canary)).toEqual([]);
  });

  await test.step('the deadline passes; sessions have ended meanwhile', async () => {
    await passesDeadline(officer, address);
    for (const one of [officer, approver, ...holders.map(({ holder }) => holder), ...sellers.map(({ seller }) => seller)]) await one.signsIn();
  });
  for (const held of holders) await test.step(`${held.name} opens`, () => handsIn(held, address));
  const reader = await person();
  await test.step('anybody reads the record', async () => {
    await reader.goes(`/?lang=${language}`);
    await readsRecord(reader, address, sellers.map(({ name }, place) => ({ name, price: offers[place].price })));
  });

  await test.step('the officer judges the bidders', () => qualifies(officer, address));
  const experts = [];
  await test.step('appoints a panel, whose members declare', async () => {
    for (const login of panel) experts.push(await person(login));
    await appoints(officer, address, panel.map((login) => named(account(login))));
    for (const expert of experts) await declares(expert, address);
  });
  const content = wanted(language);
  const [, technical, business] = content.criteria.map(named);
  const points = (bidder) => (bidder.includes(sellers[0].name) ? { [technical]: '38', [business]: '18' } : { [technical]: '30.5', [business]: '12' });
  for (const expert of experts) await test.step(`${expert.name} scores alone`, () => scores(expert, address, points));
  await test.step('all sign the report', async () => {
    for (const expert of experts) await signsReport(expert, address, sellers[0].name);
  });
  await test.step('the approver confirms the award, the officer publishes it', () => awards(approver, officer, address));
  await test.step('the others are told, everybody may read', async () => {
    for (const { seller } of sellers.slice(1)) await isTold(seller, address);
    await readsAward(reader, address, sellers[0].name);
  });
  await test.step('both sides sign the contract', () => contracts(officer, approver, sellers[0].seller, address));
});
