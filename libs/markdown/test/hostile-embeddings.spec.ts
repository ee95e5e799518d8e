import { describe, expect, it } from 'vitest';
import { embeddingsIn } from '../src/embeddings.js';
import type { Listed, Place } from '../src/page-text.js';
import { aPage, attribute, named, shown, textOf } from './kit/dom.js';
import { faults } from './kit/faults.js';

const payloads = [
  'x" onerror="alert(1)',
  "x' onload='alert(1)",
  'x"><script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</figcaption></figure><iframe srcdoc="<script>alert(1)</script>">',
  '</td></tr></table><svg onload=alert(1)>',
  '"><style>@import "https://evil.example/x.css"</style>',
  '30%;background:url(https://evil.example/x.png)" onclick="alert(1)',
  'javascript:alert(1)',
  'jav&#x09;ascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'https://www.youtube.com/watch?v=x%22%20onload%3D%22alert(1)',
  'https://youtu.be/x"onload="alert(1)',
  'https://evil.example/pixel.png',
  '//evil.example/pixel.png',
  '/\\evil.example/x.png',
  '[x](javascript:alert(1)) ![y](https://evil.example/pixel.png)',
  '{{Video|src=javascript:alert(1)}}',
];
const names = ['InfoBox', 'ImageFrame', 'Figure', 'DataTable', 'Video', 'AttachmentList', 'PageIndex', 'Unknown'];
const options = ['src', 'width', 'style', 'caption', 'alt', 'position', 'text-align', 'class', 'filter', 'format'];
const more = ['columns', 'headers', 'delimiter', 'quotechar', 'depth', 'poster', 'onload', 'id', 'Key'];

/** A wiki in which everything is called as the payload says. */
function wikiOf(payload: string): { places: Record<string, Place>; listed: Listed } {
  const file = { kind: 'file', path: `${payload}/a.mp4` } as const;
  const changedAt = new Date(0);
  const page = { path: payload, title: payload, headings: [{ level: 2, text: payload, id: payload }] };
  return {
    places: { [payload]: file, 'a.csv': file, 'a.mp4': file },
    listed: {
      tables: new Map([
        ['a.csv', `${payload};${payload}\n"${payload}";x\n`],
        [payload, payload],
      ]),
      files: [{ path: `Folder/Page/${payload}`, bytes: 1, changedAt, author: payload, message: payload }],
      pages: new Map([['Folder/Page', [page]]]),
    },
  };
}

describe('embeddings that mean harm', () => {
  it.each(payloads)('make no element and no attribute of an option: %s', (payload) => {
    const { places, listed } = wikiOf(payload);
    for (const name of names) {
      const all = [...options, ...more].filter((option) => option !== 'src').map((option) => `|${option}=${payload}\n`);
      const texts = [payload, 'a.mp4', 'a.csv'].flatMap((source) => [
        `{{${name}\n|src=${source}\n${all.join('')}}}`,
        `{{${name}\n|src=${source}\n|${payload}=x\n${payload}\n}}`,
      ]);
      texts.push(`{{${name}\n${payload}\n| a | b |\n|---|---|\n| ${payload} | x |\n}}`, `{{${name}|src=${payload}}}`);
      texts.push(`{{${name} ${payload}\n}}`, `{{${name}\n|style=tree\n}}`, `{{${name}\n|style=list\n|toc=true\n}}`);
      for (const text of texts) expect(faults(shown(aPage(text, places, { listed }))), text).toEqual([]);
    }
  });

  it('lead to no file but those that the wiki names', () => {
    const climbing = [
      '../../secret.cfg',
      '/page/../../../x',
      '%2e%2e/%2e%2e/x',
      '..\\..\\x',
      '/etc/passwd',
      'file:///etc/passwd',
    ];
    for (const source of climbing) {
      for (const name of names.slice(1, 5)) {
        const elements = shown(`{{${name}\n|src=${source}\n}}`);

        expect([...named(elements, 'img'), ...named(elements, 'video'), ...named(elements, 'td')].map(textOf)).toEqual(
          [],
        );
      }
    }
  });

  it('keep names of pages and files as text, in every style of a list', () => {
    const name = '<img src=x onerror=alert(1)>';
    const { listed } = wikiOf(name);
    for (const style of ['pageindex', 'list', 'tree']) {
      const elements = shown(aPage(`{{PageIndex|style=${style}}}`, {}, { listed }));

      expect(named(elements, 'img')).toEqual([]);
      expect(named(elements, 'a').map(textOf)).toEqual([name, name]);
    }
    const files = shown(aPage('{{AttachmentList}}', {}, { listed }));
    expect(named(files, 'img')).toEqual([]);
    expect(textOf(named(files, 'td')[3])).toBe(name);
  });

  it('take no style and no class from the page', () => {
    const elements = shown('{{InfoBox\n|style=position:fixed;inset:0\n|class=site-side\n|a=b\n}}');

    expect(elements.map((one) => attribute(one, 'style')).filter(Boolean)).toEqual([]);
    expect(attribute(named(elements, 'aside')[0], 'class')).toBe('wb-box wb-at-right wb-width-3');
  });

  it('end, however many are opened, and however deep', { timeout: 120_000 }, () => {
    const texts = [
      '{{InfoBox\n'.repeat(10_000),
      `${'{{InfoBox\n'.repeat(10_000)}${'}}\n'.repeat(10_000)}`,
      '> {{A\n\n{{B\n\n'.repeat(5_000),
      `{{InfoBox\n${'|a=b\n'.repeat(10_000)}}}`,
      '{{A|'.repeat(10_000),
      `{{${'A'.repeat(100_000)}`,
      `{{DataTable\n${'|'.repeat(50_000)}\n}}`,
      `{{A\n${'\\='.repeat(50_000)}\n|${'\\='.repeat(50_000)}\n}}`,
    ];

    for (const text of texts) {
      const begun = performance.now();
      shown(text);
      expect(embeddingsIn(text).length).toBeLessThanOrEqual(100);
      expect(performance.now() - begun, text.slice(0, 20)).toBeLessThan(20_000);
    }
  });
});
