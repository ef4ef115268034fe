// The journeys: people of the market in Debian's Chromium, against the server that `cargo xtask journeys` started.
import { defineConfig } from '@playwright/test';

const required = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: start with \`cargo xtask journeys\``);
  return value;
};

// The browser's own language is the other one, so that a page's language can only come from the market.
const phone = { viewport: { width: 360, height: 740 }, locale: 'en-GB' };
const desktop = { viewport: { width: 1280, height: 900 }, locale: 'zh-CN' };

export default defineConfig({
  testDir: 'journeys',
  outputDir: required('ZHAOCAI_RESULTS'),
  reporter: './journeys/reporter.js',
  // One demonstration with one clock serves all.
  workers: 1,
  timeout: 300_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  use: {
    baseURL: required('ZHAOCAI_ADDRESS'),
    timezoneId: 'Asia/Shanghai',
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    launchOptions: {
      executablePath: required('ZHAOCAI_CHROMIUM'),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
  projects: [
    // What is walked in one language says which at the end of its title.
    { name: 'Chinese, on a phone', grepInvert: /, in en$/, use: { ...phone, language: 'zh-CN' } },
    { name: 'English, at a desk', grepInvert: /, in zh-CN$/, use: { ...desktop, language: 'en' } },
  ],
});
