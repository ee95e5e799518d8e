import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../kit/app.js';

describe('the console', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app?.stop());

  it('is a page whose scripts and styles its own content security policy lets through', async () => {
    const page = await fetch(`${app.url}/console`);
    const html = await page.text();

    expect(page.status, 'The console has to be built before: npm run build:admin').toBe(200);
    expect(page.url).toBe(`${app.url}/console/`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>|\son\w+=|media="print"/i);
    const parts = [...html.matchAll(/(?:src|href)="([\w.-]+\.(?:js|css))"/g)].map(([, file]) => file ?? '');
    expect(parts.filter((file) => file.endsWith('.css'))).toHaveLength(1);
    expect(parts.length).toBeGreaterThan(1);
    for (const file of parts) {
      const part = await fetch(`${app.url}/console/${file}`);
      expect(part.status, file).toBe(200);
      expect(part.headers.get('content-type')).toMatch(file.endsWith('.css') ? /^text\/css/ : /javascript/);
    }
  });

  it('is the same page at every address below it, and nothing of the files around it', async () => {
    const deep = await fetch(`${app.url}/console/wikis/alice/notes`);
    const outside = await fetch(`${app.url}/console/..%2f..%2fpackage.json`);

    expect(await deep.text()).toContain('<app-root>');
    expect(await outside.text()).not.toContain('"dependencies"');
  });
});
