// The officer's part before bids: keys, draft, approval, notice, questions.
import { expect } from './person.js';

// A holder makes a key in the browser, keeps its file, and registers the public half. Answers the file and its passphrase.
export async function makesKey(holder) {
  const passphrase = `开标-${holder.name}-2026`;
  await holder.goes('/holder-keys');
  await holder.field('holder-key-passphrase').fill(passphrase);
  await holder.page.getByRole('button', { name: holder.say('holder-key-make'), exact: true }).click();
  await expect(holder.page.getByText(holder.say('holder-key-made'))).toBeVisible({ timeout: 60_000 });
  const coming = holder.page.waitForEvent('download');
  await holder.page.getByRole('link', { name: holder.say('holder-key-save') }).click();
  const file = await (await coming).path();
  await expect(holder.field('holder-key-recipient')).toHaveValue(/^age1/);
  await holder.presses('holder-key-register');
  await holder.reads('done-holder-key-registered');
  return { file, passphrase };
}

// What the journeys buy: written in both languages, as the editor asks.
export const wanted = (mark) => ({
  title: { zh: `门诊楼网络设备采购（${mark}）`, en: `Network equipment for the outpatient building (${mark})` },
  description: { zh: '门诊楼改造所需交换机及安装调试。', en: 'Switches for the rebuilt outpatient building, installed and tested.' },
  budget: '1200000',
  items: [
    { zh: '接入交换机', en: 'Access switch', quantity: '60', unit: '台', specification: { zh: '24 口千兆，支持 PoE', en: '24 gigabit ports with PoE' } },
    { zh: '核心交换机', en: 'Core switch', quantity: '2', unit: '台', specification: { zh: '双电源，48 口万兆', en: 'Two power supplies, 48 ports of 10 gigabit' } },
  ],
  requirements: [
    { kind: 'essential', zh: '设备须为全新原装。', en: 'All equipment is new and original.' },
    { kind: 'important', zh: '提供三年原厂质保。', en: 'Three years of the maker’s warranty.' },
  ],
  criteria: [
    { kind: 'price', zh: '投标报价', en: 'Price', points: '40', basis: '低价优先法' },
    { kind: 'technical', zh: '技术方案', en: 'Technical proposal', points: '40', basis: '投标文件中的技术方案' },
    { kind: 'business', zh: '类似业绩', en: 'Similar projects', points: '20', basis: '合同复印件' },
  ],
});

// Writes a draft in the editor, step by step. Answers the address of the tender.
export async function drafts(officer, content, holders, deadline) {
  await officer.goes('/tenders');
  await officer.follows('tender-begin');
  await fillsBoth(officer, 'tender-draft-title', content.title);
  await fillsBoth(officer, 'tender-draft-description', content.description);
  await officer.page.getByLabel(officer.say('tender-nature-goods'), { exact: true }).check();
  await officer.field('tender-category').selectOption('A02010202');
  await officer.fills({ 'tender-budget': content.budget, 'tender-delivery-days': '45' });
  await officer.presses('tender-save-next');
  await officer.reads('done-tender-saved');
  const address = /^\/tenders\/[^/]+/.exec(new URL(officer.page.url()).pathname)[0];
  await chooses(officer, content.choice);
  await divides(officer, content.lots ?? []);
  // Where the tender is divided, the items of each lot stand on a page of their own.
  for (const items of content.lots ? content.lots.map((lot) => lot.items) : [content.items]) {
    for (const [place, item] of items.entries()) {
      const row = numbered(officer, place);
      await fillsBoth(officer, 'tender-item-name', item, row);
      await officer.fills({ 'tender-item-quantity': item.quantity, 'tender-item-unit': item.unit }, row);
      await fillsBoth(officer, 'tender-item-specification', item.specification, row);
    }
    await officer.presses('tender-save-next');
  }

  await officer.page.getByRole('radio', { name: new RegExp(`^${officer.say('reservation-unreserved')}`) }).check();
  await officer.field('reservation-ground').selectOption('competition-too-little');
  await fillsBoth(officer, 'reservation-reason', { zh: '本地可供货的中小企业不足三家。', en: 'Fewer than three small or medium enterprises here can supply it.' });
  await officer.presses('tender-save-next');

  for (const [place, requirement] of content.requirements.entries()) {
    const row = numbered(officer, place);
    await fillsBoth(officer, 'requirement-text', requirement, row);
    await officer.field('requirement-kind', {}, row).selectOption({ label: officer.say(`requirement-kind-${requirement.kind}`) });
  }
  await officer.presses('tender-save-next');
  // What the law asks of every bidder stands there already.
  await expect(officer.field('paper-name-zh', {}, numbered(officer, 0))).not.toBeEmpty();
  if (content.takesConsortia) await officer.field('joint-takes-consortia').check();
  await officer.presses('tender-save-next');

  if (content.criteria.length === 0) await officer.page.getByRole('radio', { name: new RegExp(`^${officer.say('tender-method-lowest-price')}`) }).check();
  for (const [place, criterion] of content.criteria.entries()) {
    const row = numbered(officer, place);
    await fillsBoth(officer, 'criterion-name', criterion, row);
    await officer.field('criterion-kind', {}, row).selectOption({ label: officer.say(`criterion-kind-${criterion.kind}`) });
    await officer.fills({ 'criterion-points': criterion.points, 'criterion-basis-zh': criterion.basis }, row);
  }
  await officer.presses('tender-save-next');

  const annex = { name: '技术要求.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n') };
  await officer.field('tender-documents-add').setInputFiles(annex);
  await officer.presses('tender-save-next');

  await officer.fills({ 'tender-deadline': deadline, 'tender-threshold': '2', 'tender-panel-size': content.panelSize ?? '5' });
  for (const holder of holders) await officer.page.getByRole('checkbox', { name: holder, exact: true }).check();
  await officer.presses('tender-save-check');
  await expect(officer.page.getByRole('heading', { level: 1 })).toHaveText(content.title[officer.language === 'en' ? 'en' : 'zh']);
  return address;
}

// Divides the tender into lots, or leaves it whole.
async function divides(officer, lots) {
  for (const [place, lot] of lots.entries()) {
    const row = officer.page.getByRole('group', { name: officer.say('lot-number', { number: place + 1 }), exact: true });
    await fillsBoth(officer, 'lot-title', lot, row);
    await officer.fills({ 'tender-budget': lot.budget }, row);
  }
  await officer.presses('tender-save-next');
}

// Chooses the procedure: an open tender stands there already.
async function chooses(officer, choice) {
  if (choice) {
    const procedure = new RegExp(`^${officer.say(`procedure-${choice.procedure}`)} · `);
    await officer.page.getByRole('radio', { name: procedure }).check();
    await officer.field('choice-ground').selectOption(choice.ground);
    await fillsBoth(officer, 'choice-reason', { zh: '符合法定情形，详见论证意见。', en: 'The ground holds, as the opinion shows.' });
    if (choice.soleSupplier) await officer.fills({ 'choice-sole-supplier': choice.soleSupplier });
  }
  await officer.presses('tender-save-next');
}

const numbered = (officer, place) => officer.page.getByRole('group', { name: officer.say('tender-row', { number: place + 1 }), exact: true });

async function fillsBoth(officer, key, { zh, en }, within) {
  await officer.fills({ [`${key}-zh`]: zh, [`${key}-en`]: en }, within);
}

const REASON = '经市场调查确有必要，论证意见已归档。';

// Gives what an auditor would ask about its reason, one after the other. Answers how many there were.
async function answersWarnings(officer, address) {
  await officer.goes(`${address}/warnings`);
  const forms = officer.main.locator('form', { has: officer.page.getByRole('button', { name: officer.say('warnings-override'), exact: true }) });
  const asked = await forms.count();
  for (let answered = 0; answered < asked; answered += 1) {
    await expect(forms).toHaveCount(asked - answered);
    await officer.fills({ 'warnings-reason': REASON }, forms.first());
    await officer.presses('warnings-override', {}, forms.first());
    await officer.reads('done-warning-overridden');
  }
  await officer.goes(address);
  return asked;
}

// Answers what an auditor would ask, hands in; another person reads the reasons and approves; publishes.
export async function publishes(officer, approver, address) {
  const asked = await answersWarnings(officer, address);
  await officer.presses('tender-submit');
  await officer.reads('done-tender-submitted');
  await approver.goes(address);
  await expect(approver.main.getByText(REASON)).toHaveCount(asked);
  await approver.presses('tender-approve');
  await approver.reads('done-tender-approved');
  await officer.goes(address);
  await officer.presses('tender-publish');
  await officer.reads('done-tender-published');
}

export const QUESTION = '核心交换机是否接受同等性能的国产品牌？';

// A supplier asks, the officer answers, everybody reads.
export async function asksAndAnswers(seller, officer, address) {
  const answer = '接受。性能须不低于采购需求所列参数。';
  await seller.goes(address);
  await seller.fills({ 'tender-question': QUESTION });
  await seller.presses('tender-ask');
  await seller.reads('done-tender-asked');
  await officer.goes(address);
  await officer.fills({ 'tender-answer': answer });
  await officer.presses('tender-answer-publish');
  await officer.reads('done-tender-answered');
  await seller.goes(address);
  await expect(seller.main).toContainText(answer);
}

// Beijing's date and time a number of days ahead, as a date field takes it.
export async function daysAhead(person, days) {
  const now = new Date(await person.page.locator('footer time').getAttribute('datetime'));
  return new Date(now.getTime() + (days * 24 + 8) * 60 * 60 * 1000).toISOString().slice(0, 16);
}
