import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, startApp } from '../kit/app.js';
import { aWiki } from '../kit/a-wiki.js';
import { attributeOf, textOf, WebClient } from '../kit/web-client.js';

describe('diagrams in a browser', () => {
  let app: TestApp;
  let browser: WebClient;

  beforeAll(async () => {
    app = await startApp();
    const { rest } = await aWiki(app, 'alice', 'garden', { visibility: 'public' });
    const content = '# D\n\n```mermaid\nflowchart LR\n A["<b onclick=x>"] --> B\n```\n';
    await rest.put('/pages/Diagrams', { content });
    browser = new WebClient(app.url);
  });
  afterAll(() => app?.stop());

  const frame = async () => {
    const page = await browser.open('/@alice/garden/Diagrams');
    return browser.open(attributeOf(page.all('body')[0], 'data-diagrams') ?? '');
  };
  const policyOf = (headers: Headers) =>
    new Map(
      (headers.get('content-security-policy') ?? '').split(';').map((part) => {
        const [name = '', ...values] = part.trim().split(' ');
        return [name, values.join(' ')];
      }),
    );

  it('are their text for whoever has no script, and as good', async () => {
    const page = await browser.open('/@alice/garden/Diagrams');

    const [pre] = page.all('pre').filter((one) => attributeOf(one, 'class') === 'wb-diagram');
    expect(textOf(pre)).toBe('flowchart LR\n A["<b onclick=x>"] --> B\n');
    expect(JSON.parse(attributeOf(page.all('body')[0], 'data-diagram-words') ?? '')).toMatchObject({
      source: 'Text of the diagram',
    });
  });

  it('are drawn in a document that may run our scripts and do nothing else', async () => {
    const page = await frame();
    const { status, headers } = page;
    const policy = policyOf(headers);

    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(Object.fromEntries(policy)).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'unsafe-inline'",
      'img-src': 'data:',
      'connect-src': "'none'",
      'form-action': "'none'",
      'base-uri': "'none'",
      'frame-ancestors': "'self'",
      sandbox: 'allow-scripts',
    });
    // With an origin of its own it is another site to us, which loads our scripts as one.
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('set-cookie')).toBeNull();
    expect(page.all('script').map((script) => [attributeOf(script, 'type'), textOf(script)])).toEqual([['module', '']]);
    expect(page.all('body')[0]?.childNodes.filter((node) => 'tagName' in node)).toEqual([]);
  });

  it('leave the policy of pages as it is, but for frames of our own', async () => {
    const policy = policyOf((await browser.open('/@alice/garden/Diagrams')).headers);

    expect(policy.get('frame-src')).toBe("'self'");
    expect(policy.get('style-src')).toBe("'self'");
    expect(policy.get('script-src')).toBe("'self'");
    expect(policy.get('frame-ancestors')).toBe("'none'");
  });
});
