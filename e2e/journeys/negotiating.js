// Talks with each supplier apart, and final offers.
import { daysAhead } from './drafting.js';
import { expect } from './person.js';

// The officer keeps the minutes of one talk with each supplier; each reads its own alone.
export async function negotiates(officer, sellers, address) {
  for (const { name } of sellers) {
    await officer.goes(`${address}/negotiation`);
    await officer.field('negotiation-supplier').selectOption({ label: name });
    await officer.fills({ 'negotiation-minutes': `${name}：质保延长至五年，报价待最后提交。` });
    await officer.presses('negotiation-record-do');
    await officer.reads('done-negotiation-recorded');
  }
  for (const { seller, name } of sellers) {
    await seller.goes(`${address}/negotiation`);
    await expect(seller.main.locator('h3')).toHaveCount(1);
    await expect(seller.main.locator('h3')).toContainText(name);
  }
}

// The officer asks for final offers, sealed for a day.
export async function asksForFinalOffers(officer, address) {
  await officer.goes(`${address}/negotiation`);
  await officer.fills({ 'negotiation-deadline': await daysAhead(officer, 1) });
  await officer.presses('negotiation-ask-do');
  await officer.reads('done-negotiation-asked');
}

export async function putsBeforePanel(officer, address) {
  await officer.goes(`${address}/negotiation`);
  await officer.presses('negotiation-score-do');
  await officer.reads('done-negotiation-scored');
}
