// No link leads nowhere: of each kind of address that pages name, one is gone to, and looked at as every page is.
import { expect, test } from './person.js';

// The most kinds of addresses, so that a page that names itself anew each time is noticed.
const KINDS_MOST = 90;

for (const login of [undefined, 'officer.hospital-hz', 'seller.qihang-it', 'admin.hospital-hz']) {
  test(`no link leads nowhere: ${login ?? 'the public'}`, async ({ person }) => {
    const reader = await person(login);
    const waiting = [`/?lang=${reader.language}`];
    const kinds = new Set();
    while (waiting.length > 0) {
      const address = waiting.shift();
      // What is no page (a file, a proof) is fetched; a page is gone to.
      const answer = await reader.page.request.get(address);
      expect(answer.status(), address).toBe(200);
      if (!answer.headers()['content-type']?.startsWith('text/html')) continue;
      await reader.goes(address);
      for (const link of await reader.page.locator('a[href^="/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')))) {
        const [path] = link.split('#');
        const kind = path.split('?')[0].replace(/[A-Za-z0-9_-]{30,}|[0-9a-f-]{36}/g, 'id');
        if (kinds.has(kind) || link.includes('lang=')) continue;
        kinds.add(kind);
        waiting.push(path);
      }
      expect(kinds.size, [...kinds].join(' ')).toBeLessThan(KINDS_MOST);
    }
    expect(kinds.size).toBeGreaterThan(10);
  });
}
