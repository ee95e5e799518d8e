// Takes the pictures of the README anew, of the built server with the demo wiki: `node tools/take-pictures.mjs [chromium]`.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import sharp from 'sharp';

const root = fileURLToPath(new URL('..', import.meta.url));
const [executablePath = '/usr/bin/chromium'] = process.argv.slice(2);
const site = 'http://localhost:8123';
const password = 'correct horse battery';
const folder = mkdtempSync(join(tmpdir(), 'wikibot-pictures-'));
const env = { ...process.env, DATA_DIR: join(folder, 'data'), PORT: '8123', BASE_URL: site, LOG_LEVEL: 'error' };
const main = join(root, 'dist/api/apps/api/src/main.js');
const server = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
const wikibot = (args, input) =>
  execFileSync(process.execPath, [join(root, 'bin/wikibot.mjs'), ...args], { env, input, stdio: 'pipe' });

/** A browser that is signed in. */
async function signedIn(browser, colorScheme, viewport) {
  const context = await browser.newContext({
    baseURL: site,
    colorScheme,
    viewport,
    locale: 'en',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto('/auth/sign-in');
  await page.fill('input[name=login]', 'ines');
  await page.fill('input[name=password]', password);
  await Promise.all([page.waitForURL('/'), page.press('input[name=password]', 'Enter')]);
  return page;
}

const keep = async (page, name) =>
  sharp(await page.screenshot())
    .webp({ quality: 82 })
    .toFile(join(root, 'docs/images', `${name}.webp`));

try {
  await new Promise((resolve) => server.stdout.once('data', resolve));
  wikibot(['user', 'add', 'ines', '--display-name', 'Ines Caldeira', '--admin', '--password-stdin'], `${password}\n`);
  wikibot(['demo', '--owner', 'ines']);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const light = await signedIn(browser, 'light', { width: 1280, height: 960 });
  await light.goto('/@ines/shore/Tides/Harmonic%20prediction');
  await light.waitForLoadState('networkidle');
  await keep(light, 'page');
  const dark = await signedIn(browser, 'dark', { width: 1280, height: 860 });
  await dark.goto('/@ines/shore/-/edit/Instruments/Radar%20gauge');
  await dark.waitForSelector('.site-preview h1');
  await keep(dark, 'editor');
  await light.setViewportSize({ width: 1280, height: 900 });
  await light.goto('/new');
  await light.fill('input[name=name]', 'Field notes');
  await light.getByRole('button', { name: 'Make the wiki' }).click();
  await light.waitForURL('**/connect');
  await keep(light, 'connect');
  await browser.close();
} finally {
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
  rmSync(folder, { recursive: true, force: true });
}
