import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCommandLine } from '../kit/command-line.js';
import { type ServerProcess, startBuiltServer } from '../kit/server-process.js';
import { attributeOf, textOf, WebClient } from '../kit/web-client.js';

// What is bundled finds its threads, styles and scripts from other places than its sources do.
describe('the server that npm start runs', { timeout: 120_000 }, () => {
  let line: Awaited<ReturnType<typeof aCommandLine>>;
  let server: ServerProcess;

  beforeAll(async () => {
    line = await aCommandLine();
    server = await startBuiltServer({ ...line.settings, LOG_LEVEL: 'error' });
    const made = await line.run(['user', 'add', 'alice', '--password-stdin'], { input: 'correct horse battery\n' });
    expect(made.code, made.stderr).toBe(0);
    expect((await line.run(['wiki', 'create', '@alice/notes', '--public'])).code).toBe(0);
  });
  afterAll(async () => {
    await server?.end('SIGTERM');
    await line?.remove();
  });

  it('renders pages, and serves the styles and scripts that they name', async () => {
    const browser = new WebClient(server.url);
    const signedIn = await browser.submit(await browser.open('/auth/sign-in'), '/auth/sign-in', {
      login: 'alice',
      password: 'correct horse battery',
    });
    expect(signedIn.main).toContain('notes');
    const form = await browser.open('/@alice/notes/-/edit/Try');

    const page = await browser.submit(form, '/-/edit/Try', { content: 'Some **bold** text and $x^2$.' });

    expect(page.all('strong').map(textOf)).toEqual(['bold']);
    expect(page.all('math')).toHaveLength(1);
    const named = [
      ...page.all('link').filter((link) => attributeOf(link, 'rel') === 'stylesheet'),
      ...[...page.all('script'), ...form.all('script')],
    ];
    const addresses = named.map((element) => attributeOf(element, 'href') ?? attributeOf(element, 'src') ?? '');
    expect(addresses).toHaveLength(4);
    for (const address of addresses) expect((await browser.open(address)).status, address).toBe(200);
    for (const address of ['/favicon.ico', '/manifest.webmanifest'])
      expect((await browser.open(address)).status, address).toBe(200);

    const frame = await browser.open(attributeOf(page.all('body')[0], 'data-diagrams') ?? '');
    const drawing = await browser.open(attributeOf(frame.all('script')[0], 'src') ?? '');
    expect([frame.status, drawing.status]).toEqual([200, 200]);
    // The frame is another site to us; without this a browser gives it no script.
    expect(drawing.headers.get('access-control-allow-origin')).toBe('*');
    expect(drawing.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(drawing.headers.get('cache-control')).toContain('immutable');
  });

  it('finds what its front pages are made of', async () => {
    const browser = new WebClient(server.url);
    const [landing, terms] = [await browser.open('/'), await browser.open('/terms')];

    expect([landing.status, terms.status]).toEqual([200, 200]);
    expect(landing.main).toContain('edit_note');
    expect(terms.all('h1').map(textOf)).toEqual(['Terms of use']);
  });

  it('makes small pictures, with a library that is not in the bundle', async () => {
    const browser = new WebClient(server.url);
    await browser.submit(await browser.open('/auth/sign-in'), '/auth/sign-in', {
      login: 'alice',
      password: 'correct horse battery',
    });
    const png = await sharp({ create: { width: 200, height: 100, channels: 3, background: '#0b6b5c' } })
      .png()
      .toBuffer();
    await browser.sendFiles(await browser.open('/@alice/notes/-/files'), '/@alice/notes/-/files', {
      'green.png': Uint8Array.from(png),
    });

    const made = await browser.open('/@alice/notes/-/thumbnail/green.png?size=80');

    expect([made.status, made.headers.get('content-type')]).toEqual([200, 'image/webp']);
  });
});
