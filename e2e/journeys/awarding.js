// From the signed report to the contract that both sides have signed.
import { expect } from './person.js';

export async function awards(approver, officer, address) {
  await approver.goes(address);
  await approver.follows('award-confirm-go');
  await approver.presses('award-confirm');
  await approver.reads('done-award-confirmed');
  await officer.goes(address);
  await officer.follows('award-publish-go');
  await officer.presses('award-publish');
  await officer.reads('done-award-published');
}

// Each of the others is told its rank and why.
export async function isTold(seller, address) {
  // A job tells them, right after the award is out.
  await expect(async () => {
    await seller.goes(`${address}/award`);
    await expect(seller.main.getByText(seller.say('award-notice-title')).first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 15_000 });
}

// Anybody reads who won.
export async function readsAward(reader, address, winner) {
  await reader.goes(`${address}/award?lang=${reader.language}`);
  await expect(reader.fact('award-winner')).toContainText(winner);
}

export async function contracts(officer, approver, seller, address) {
  await officer.goes(`${address}/award`);
  await officer.presses('award-make-contract');
  await officer.reads('done-contract-made');
  for (const signer of [approver, seller]) {
    await signer.goes(address);
    await signer.follows('contract-sign-go');
    await signer.presses('contract-sign');
    await signer.reads('done-contract-signed');
  }
  await seller.reads('contract-signed-both');
}
