// Who comes together for a tender, and its opening.
import { makesKey } from './drafting.js';
import { handsIn, passesDeadline } from './opening.js';

export const people = {
  'zh-CN': { buyer: 'hospital-hz', holders: ['keyholder.hospital-hz', 'supervisor.finance-hz'] },
  en: { buyer: 'university-hz', holders: ['keyholder.university-hz', 'keyholder2.university-hz'] },
};
export const suppliers = ['seller.qihang-it', 'seller.shuchuan-computer', 'seller.kangze-medical'];

export const named = (language) => ({ name, ...text }) => (name ?? text)[language === 'en' ? 'en' : 'zh'];

// Everybody who takes part, with the holders' keys made in the browser.
export async function gathers(person, account, language, bidders) {
  const { buyer, holders: logins } = people[language];
  const say = named(language);
  const around = { officer: await person(`officer.${buyer}`), approver: await person(`approver.${buyer}`), holders: [], sellers: [], experts: [] };
  for (const login of logins) {
    const holder = await person(login);
    around.holders.push({ ...(await makesKey(holder)), holder, name: say(account(login)) });
  }
  for (const login of suppliers.slice(0, bidders)) {
    around.sellers.push({ seller: await person(login), name: say(account(login).organization) });
  }
  return around;
}

// The unified social credit code of a supplier, from its own page.
export async function creditCode(seller) {
  await seller.goes('/organization');
  return seller.main.getByText(/^[0-9A-HJ-NPQRTUWXY]{18}$/).first().textContent();
}

// The deadline passes, sessions have ended meanwhile, and the holders open.
export async function opens({ officer, approver, holders, sellers, experts }, address, count) {
  await passesDeadline(officer, address);
  for (const one of [officer, approver, ...holders.map(({ holder }) => holder), ...sellers.map(({ seller }) => seller), ...experts]) await one.signsIn();
  for (const held of holders) await handsIn(held, address, count);
}
