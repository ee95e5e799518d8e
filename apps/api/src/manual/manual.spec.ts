import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { headingsOf, linksOf } from '@lib/markdown';
import { describe, expect, it } from 'vitest';
import { readManualFiles } from './manual-files.js';
import { Manual } from './manual.js';
import { ManualPlaces } from './manual-places.js';

const root = join(import.meta.dirname, '../../../..');
const pictures = new Map([['docs/images/page.webp', { mime: 'image/webp', bytes: Buffer.from('picture') }]]);
const aManual = (texts: Record<string, string>) => new Manual({ texts: new Map(Object.entries(texts)), pictures });

const small = aManual({
  'docs/README.md':
    '# Docs\n\nAll of *it*.\n\n## Begin\n\n- [Start](start.md), [why](decisions/README.md)\n\n## More\n\n' +
    '- [Shape](../ARCHITECTURE.md), [again](start.md#one), [readme](../README.md)\n',
  'docs/start.md':
    '# Start\n\nSee [the list](README.md#begin) and [what `is` so](decisions/0001-so.md#why).\n\n' +
    '![A page](images/page.webp) [code](../apps/main.ts) `[no](link.md)`\n\n## One\n\nText.\n',
  'docs/decisions/README.md': '# Decisions\n\nOne [each](0001-so.md).\n',
  'docs/decisions/0001-so.md': '# 1. So\n\n## Why\n\nBecause of [it](../start.md).\n',
  'ARCHITECTURE.md': '# Architecture\n\nIn [decisions](docs/decisions/), [start](docs/start.md).\n',
});
const pageAt = (manual: Manual, address: string) => {
  const page = manual.page(address);
  if (page === undefined) throw new Error(`There is no ${address}.`);
  return page;
};

describe('the documentation by addresses', () => {
  it('has its pages in the order of the first one, under its headings, and the rest of a folder below its README', () => {
    const listed = small.sections.map(({ title, entries }) => [
      title,
      ...entries.map(({ page, below }) => [page.address, ...below.map(({ address }) => address)]),
    ]);

    expect(listed).toEqual([
      ['Begin', ['/docs/start'], ['/docs/decisions', '/docs/decisions/0001-so']],
      ['More', ['/docs/architecture']],
    ]);
    expect(small.pages.map(({ title }) => title)).toEqual(['Docs', 'Start', 'Decisions', '1. So', 'Architecture']);
    const { before, after } = small.around(pageAt(small, '/docs/decisions'));
    expect([before?.title, after?.title]).toEqual(['Start', '1. So']);
    expect(small.around(small.first).before).toBeUndefined();
  });

  it('leads links between files to addresses, and others nowhere', () => {
    const { places, path } = small.textOf(pageAt(small, '/docs/start'));

    expect(path).toBe('docs/start');
    expect([...places]).toEqual([
      ['./README.md', { kind: 'page', path: 'docs' }],
      ['./decisions/0001-so.md', { kind: 'page', path: 'docs/decisions/0001-so' }],
      ['./images/page.webp', { kind: 'file', path: 'docs/images/page.webp' }],
    ]);
    expect([...small.textOf(pageAt(small, '/docs/architecture')).places.values()]).toEqual([
      { kind: 'page', path: 'docs/decisions' },
      { kind: 'page', path: 'docs/start' },
    ]);
  });

  it('serves markdown of which every link leads on from where it is served', () => {
    const served = (address: string) => small.file(address)?.bytes.toString('utf8');

    expect(served('/docs/start.md')).toBe(pageAt(small, '/docs/start').text);
    expect(served('/docs/README.md')).toContain('[Start](start.md), [why](/docs/decisions.md)');
    expect(served('/docs/README.md')).toContain(
      '[Shape](/docs/architecture.md), [again](start.md#one), [readme](../README.md)',
    );
    expect(served('/docs/decisions.md')).toContain('One [each](/docs/decisions/0001-so.md).');
    expect(served('/docs/architecture.md')).toContain('[decisions](/docs/decisions.md), [start](/docs/start.md)');
    expect(small.file('/docs/images/page.webp')).toMatchObject({ mime: 'image/webp', bytes: Buffer.from('picture') });
  });

  it('finds only what it has, by no other name', () => {
    expect(small.elsewhere('/docs/')).toBe('/docs');
    expect(small.elsewhere('/docs/start/')).toBe('/docs/start');
    expect(small.elsewhere('/docs/decisions/README')).toBe('/docs/decisions');
    expect(small.elsewhere('/docs/decisions/README.md')).toBe('/docs/decisions.md');
    for (const address of [
      '/docs/../package.json',
      '/docs/start.md/',
      '/docs/__proto__',
      '/docs/Start',
      '/docs//start',
      '/',
    ])
      expect([address, small.page(address), small.file(address)]).toEqual([address, undefined, undefined]);
    expect(small.elsewhere('/docs/nothing/')).toBeUndefined();
    expect(small.elsewhere('/docs/start')).toBeUndefined();
  });

  it('describes a page by its first paragraph, in plain words', () => {
    expect(small.first.description).toBe('All of it.');
    expect(pageAt(small, '/docs/start').description).toBe('See the list and what is so.');
    const long = aManual({ 'docs/README.md': `# Long\n\n| a table |\n\n${'Many words. '.repeat(40)}\n` }).first
      .description;
    expect(long).toMatch(/^Many words\. .* Many…$|^Many words\. .* words\.…$/);
    expect(long.length).toBeLessThan(202);
  });

  it('tells under which heading a snippet stands', () => {
    const page = pageAt(
      aManual({ 'docs/README.md': '# T\n\nAbove.\n\n## Short\n\nOne\nline.\n\n## Also short\n\nAnother line.\n' }),
      '/docs',
    );
    const place = (snippet: string, ...marks: [number, number][]) =>
      new ManualPlaces().of(page, { snippet, marks })?.slug;

    expect(place('…Short One line. Also short Another line.', [11, 15])).toBe('short');
    expect(place('…One line. ## Also short Another line.', [30, 34])).toBe('also-short');
    expect(place('Above.')).toBeUndefined();
    expect(place('…something else…')).toBeUndefined();
  });
});

describe('the documentation of this program', () => {
  const manual = Manual.read();
  const { texts } = readManualFiles();
  const anchorsOf = (text: string) => new Set(headingsOf(text).map(({ slug }) => slug));
  /** As git hosts name headings. */
  const hostAnchorsOf = (text: string) =>
    new Set(
      headingsOf(text).map((heading) =>
        heading.text
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\s_-]/gu, '')
          .replace(/\s/g, '-'),
      ),
    );

  it('names every page in its list', () => {
    const listed = manual.sections.flatMap(({ entries }) => entries.flatMap(({ page, below }) => [page, ...below]));

    expect(
      manual.pages.filter((page) => page !== manual.first && !listed.includes(page)).map(({ file }) => file),
    ).toEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
    expect(
      manual.pages.filter(({ title, description }) => title === '' || description === '').map(({ file }) => file),
    ).toEqual([]);
  });

  it('has no dead link, as files in the repository', () => {
    const dead: string[] = [];
    for (const [file, text] of texts) {
      for (const { kind, target, anchor } of linksOf(text, 'target-first')) {
        // Wikilinks are what wikis have.
        if (kind === 'wiki') continue;
        const path = join(dirname(file), target);
        const there = texts.get(path) ?? texts.get(join(path, 'README.md'));
        const hasAnchor =
          anchor === null || (there !== undefined && anchorsOf(there).has(anchor) && hostAnchorsOf(there).has(anchor));
        if (target.startsWith('/') || !existsSync(join(root, path)) || !hasAnchor) {
          dead.push(`${file}: ${target}${anchor === null ? '' : `#${anchor}`}`);
        }
      }
    }

    expect(dead).toEqual([]);
    expect(texts.size).toBeGreaterThan(30);
  });
});
