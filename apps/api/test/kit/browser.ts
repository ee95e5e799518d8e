import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { aFreePort } from './free-port.js';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const folders = (process.env.PATH ?? '').split(delimiter);
const installed = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));

/** Where Chromium is on this machine; stories that need it are skipped without one. */
export const chromiumPath = process.env.CHROMIUM ?? installed;
if (chromiumPath === undefined) console.warn('Chromium is not installed: the stories in a browser are skipped.');

export const phone = { width: 390, height: 844 };
export const desk = { width: 1280, height: 900 };

/** The tags of what WCAG 2.2 asks for on the levels A and AA. */
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface VisitorOptions {
  theme?: 'light' | 'dark';
  viewport?: { width: number; height: number };
  hasScript?: boolean;
}

/** Starts Chromium, without a window. */
export const aBrowser = (): Promise<Browser> =>
  // What a browser shuts itself into is not to be had in most containers.
  chromium.launch({ ...(chromiumPath !== undefined && { executablePath: chromiumPath }), args: ['--no-sandbox'] });

/** The same for programs that speak to it at a port of this machine. */
export async function aBrowserWithPort(): Promise<{ browser: Browser; port: number }> {
  const port = await aFreePort();
  const executable = chromiumPath !== undefined && { executablePath: chromiumPath };
  const args = ['--no-sandbox', `--remote-debugging-port=${port}`];
  return { browser: await chromium.launch({ ...executable, args }), port };
}

/** Somebody with a browser of their own: cookies, and all that went wrong on the pages they saw. */
export class Visitor {
  /** Errors of scripts, refusals of the content security policy, and what could not be loaded. */
  readonly troubles: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('pageerror', (error) => this.troubles.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') this.troubles.push(`${page.url()}: ${message.text()}`);
    });
  }

  static async of(browser: Browser, origin: string, options: VisitorOptions = {}): Promise<Visitor> {
    const { theme = 'light', viewport = desk, hasScript = true } = options;
    const context = await browser.newContext({
      ...{ baseURL: origin, viewport, colorScheme: theme, javaScriptEnabled: hasScript, locale: 'en' },
      // Nothing that moves is waited for.
      reducedMotion: 'reduce',
    });
    return new Visitor(context, await context.newPage());
  }

  async signIn(login: string, password: string): Promise<void> {
    await this.page.goto('/auth/sign-in');
    await this.page.fill('input[name=login]', login);
    await this.page.fill('input[name=password]', password);
    await Promise.all([this.page.waitForURL('/'), this.page.press('input[name=password]', 'Enter')]);
  }

  /** What keeps people from using the page, as far as a program can tell. */
  async barriers(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: this.page }).withTags(wcag).analyze();
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`);
  }

  /** By how many pixels the page is wider than the window. */
  async overflow(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}
