import { afterEach, describe, expect, it } from 'vitest';
import { Renderer } from '../src/renderer.js';
import { aPage } from './kit/dom.js';

describe('pages rendered on threads', () => {
  let renderer: Renderer;
  afterEach(() => renderer.close());

  it('come back as HTML', async () => {
    renderer = new Renderer();

    expect(await renderer.show(aPage('# Hello\n\n**World**'), { base: '' })).toMatchObject({
      html: expect.stringContaining('<strong>World</strong>'),
      hasTitle: true,
    });
  });

  it('are given up when they take too long, and the next is rendered all the same', async () => {
    renderer = new Renderer({ deadlineMs: 600, threads: 1 });
    const long = aPage(
      Array.from({ length: 60_000 }, (_, n) => `- **item** *${n}* \`code\` [link](https://a.example/${n})`).join('\n'),
    );

    expect(await renderer.show(long, { base: '' })).toBeNull();
    expect(await renderer.show(aPage('Short'), { base: '' })).not.toBeNull();
  });

  it('are text when they are nested so deeply that something would be left out', async () => {
    renderer = new Renderer();
    const nested = (depth: number) => aPage(`${'>'.repeat(depth)} inside\n`);

    expect((await renderer.show(nested(90), { base: '' }))?.html).toContain('inside');
    expect(await renderer.show(nested(120), { base: '' })).toBeNull();
    expect(await renderer.show(aPage(`${'- '.repeat(60)}inside\n`), { base: '' })).toBeNull();
  });
});
