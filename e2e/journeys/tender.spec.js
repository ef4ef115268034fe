// From a draft to a published award and a contract, by everybody who takes part.
import { test } from './person.js';
import { asksAndAnswers, daysAhead, drafts, makesKey, publishes, wanted } from './drafting.js';

// In each language a buyer of its own; a supervisor may hold a key as well as the buyer's people.
const people = {
  'zh-CN': { buyer: 'hospital-hz', holders: ['keyholder.hospital-hz', 'supervisor.finance-hz'] },
  en: { buyer: 'university-hz', holders: ['keyholder.university-hz', 'keyholder2.university-hz'] },
};

test('a draft becomes an award and a contract', async ({ person, account, language }) => {
  test.setTimeout(900_000);
  const { buyer, holders: logins } = people[language];
  const officer = await person(`officer.${buyer}`);
  const approver = await person(`approver.${buyer}`);
  const holders = [];
  await test.step('two key holders make their keys in the browser', async () => {
    for (const login of logins) {
      const holder = await person(login);
      holders.push({ ...(await makesKey(holder)), holder, name: account(login).name[language === 'en' ? 'en' : 'zh'] });
    }
  });
  const address = await test.step('the officer drafts a tender', async () => {
    const deadline = await daysAhead(officer, 25);
    return drafts(officer, wanted(language), holders.map(({ name }) => name), deadline);
  });
  await test.step('another person approves, the officer publishes', () => publishes(officer, approver, address));
  const sellers = [];
  await test.step('a supplier asks, the officer answers', async () => {
    for (const login of ['seller.qihang-it', 'seller.shuchuan-computer', 'seller.kangze-medical']) sellers.push(await person(login));
    await asksAndAnswers(sellers[0], officer, address);
  });
});
