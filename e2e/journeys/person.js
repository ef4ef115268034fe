// A person of the market with a browser of their own. Every page that the person comes to is looked at: by axe, for errors
// of scripts, for what is wider than the screen, and for its language.
import { expect, test as base } from '@playwright/test';
import axe from 'axe-core';
import { mkdirSync } from 'node:fs';
import { words } from './words.js';

// Where pictures of the pages go, if anywhere.
const pictures = process.env.ZHAOCAI_SCREENSHOTS;

export class Person {
  constructor(page, language, scripts) {
    this.page = page;
    this.language = language;
    this.scripts = scripts;
    this.say = words(language);
    this.troubles = [];
    page.on('pageerror', (error) => this.troubles.push(String(error)));
    page.on('console', (message) => {
      // A refused form comes back with 422, which the browser takes for a trouble of its own.
      const isRefusal = message.text().includes('status of 422') && message.location().url === page.url();
      if (message.type() === 'error' && !isRefusal) this.troubles.push(message.text());
    });
  }

  // Goes to an address of the market.
  async goes(path) {
    const answer = await this.page.goto(path);
    expect(answer.status(), path).toBe(200);
    await this.looks();
  }

  // Does what leads to another page, and looks at it.
  async arrives(doing) {
    // Sealing and unsealing take their time before the next page comes.
    await Promise.all([this.page.waitForEvent('load', { timeout: 60_000 }), doing()]);
    await this.looks();
  }

  // The page without its frame.
  get main() {
    return this.page.getByRole('main');
  }

  // Presses a button that leads to another page.
  async presses(key, facts, within = this.main) {
    await this.arrives(() => within.getByRole('button', { name: this.say(key, facts), exact: true }).click());
  }

  // Follows a link by its words.
  async follows(key, facts, within = this.main) {
    await this.arrives(() => within.getByRole('link', { name: this.say(key, facts), exact: true }).click());
  }

  // The control with this label, which may say besides that it can stay empty.
  field(key, facts, within = this.main) {
    const plain = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    return within.getByLabel(new RegExp(`^\\s*${plain(this.say(key, facts))}\\s*(${plain(this.say('field-optional'))})?\\s*$`)).and(this.page.locator('input, textarea, select'));
  }

  async fills(values, within = this.main) {
    for (const [key, value] of Object.entries(values)) await this.field(key, {}, within).fill(value);
  }

  // Signs in by the form, as people do.
  async signsIn({ login, password } = this.account) {
    await this.goes(`/sign-in?lang=${this.language}`);
    await this.fills({ 'sign-in-login': login, 'sign-in-password': password });
    await this.presses('sign-in');
    // The desk.
    await expect(this.page).toHaveURL(/^[a-z]+:\/\/[^/]+\/(\?.*)?$/);
  }

  // Reads what stays on the page after something was done.
  async reads(key, facts) {
    await expect(this.main.getByText(this.say(key, facts)).first()).toBeVisible();
  }

  // The value of a fact in a summary list.
  fact(key) {
    return this.page.locator(`dt:text-is("${this.say(key)}") + dd .value`).first();
  }

  // Looks at the page. One that tells of an opening loads itself anew when something happens, perhaps just now.
  async looks(tries = 10) {
    try {
      await this.looksOnce();
    } catch (error) {
      if (tries <= 1 || !/Execution context was destroyed/.test(String(error))) throw error;
      await this.page.waitForLoadState('load');
      await this.looks(tries - 1);
    }
  }

  async looksOnce() {
    const { page } = this;
    const here = () => `${page.url()} as ${this.language}`;
    await expect(page.locator('html'), here()).toHaveAttribute('lang', this.language);
    if (this.scripts && (await page.locator('leptos-island').count()) > 0) {
      await expect(page.locator('html'), `islands of ${here()}`).toHaveAttribute('data-awake', '');
    }
    await expect(page.getByRole('heading', { level: 1 }), here()).toHaveCount(1);
    const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(wide, `${here()} is wider than the screen`).toBeLessThanOrEqual(screen);
    if (this.scripts) expect(await findings(page), here()).toEqual([]);
    expect(this.troubles, here()).toEqual([]);
    if (pictures) await this.pictures();
  }

  async pictures() {
    const { page } = this;
    const path = new URL(page.url()).pathname.replace(/[0-9a-f-]{20,}|[A-Za-z0-9_=-]{40,}/g, 'id').replaceAll('/', '_');
    mkdirSync(pictures, { recursive: true });
    this.taken = (this.taken ?? 0) + 1;
    const name = `${this.language}-${page.viewportSize().width}-${this.name}-${String(this.taken).padStart(2, '0')}${path}.png`;
    await page.screenshot({ path: `${pictures}/${name}`, fullPage: true });
  }
}

// What axe finds on a page, each with the first element.
async function findings(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html}: ${nodes[0].failureSummary}`);
}

// `person()` brings somebody with a browser of their own; `accounts` are the demonstration's; `say` speaks the journey's language.
export const test = base.extend({
  language: ['zh-CN', { option: true }],
  say: async ({ language }, use) => use(words(language)),
  account: async ({ request }, use) => {
    const accounts = await (await request.get('/demo/accounts.json')).json();
    await use((login) => {
      const found = accounts.find((account) => account.login === login);
      if (!found) throw new Error(`the demonstration has no ${login}`);
      return found;
    });
  },
  person: async ({ browser, language, account }, use) => {
    const contexts = [];
    await use(async (login, { scripts = true } = {}) => {
      const context = await browser.newContext({ javaScriptEnabled: scripts, acceptDownloads: true });
      contexts.push(context);
      const person = new Person(await context.newPage(), language, scripts);
      person.name = login ?? 'reader';
      if (login) {
        person.account = account(login);
        await person.signsIn();
      }
      return person;
    });
    for (const context of contexts) await context.close();
  },
});

export { expect };
