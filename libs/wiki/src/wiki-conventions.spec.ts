import { readFileSync } from 'node:fs';
import { defaultCategories } from './categories.js';
import { fileCandidates, pageLookup, resolveLink } from './link-resolution.js';
import { type Link, type LinkOrder, linksOf } from '@lib/markdown';
import { parsePage } from './page.js';
import { findSection } from './sections.js';

const document = readFileSync(new URL('../../../docs/wiki-conventions.md', import.meta.url), 'utf8');
const section = (title: string): string => findSection(document, title).text;
const example = /```markdown\n(---[^]*?)```/.exec(document)?.[1] ?? '';

/** The cells of the rows of a table, without its head. */
function rows(text: string): string[][] {
  const lines = text.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) =>
    line
      .slice(2, -2)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim()),
  );
}

function told({ kind, target, label, anchor }: Link): string {
  const parts = [`page \`${target}\``, anchor && `section \`${anchor}\``, label && `text \`${label}\``];
  return kind === 'embed' ? `shows \`${target}\`` : parts.filter(Boolean).join(', ');
}

function readAs(cell: string | undefined, order: LinkOrder): string {
  const written = (cell ?? '').slice(1, -1).replaceAll('\\|', '|');
  return linksOf(written, order).map(told).join();
}

describe('docs/wiki-conventions.md', () => {
  it('shows a page that reads as it says', () => {
    const page = parsePage(example, 'target-first');

    expect(page).toMatchObject({ title: 'Iran', category: 'actor', aliases: ['Persia'] });
    expect(page.links.map(told)).toEqual([
      'page `Events/Revolution`, text `the revolution`',
      'page `./Iran/refineries.csv`, text `a list of refineries`',
    ]);
    expect(findSection(example, 'Iran > Economy').path).toBe(findSection(example, '#economy').path);
  });

  it('says what links mean in both orders', () => {
    const table = rows(section('Links'));

    expect(table).toHaveLength(7);
    for (const [written, target, label] of table) {
      expect(readAs(written, 'target-first')).toBe(target);
      expect(readAs(written, 'label-first')).toBe(label);
    }
  });

  it('names links that find what it says', () => {
    const lookup = pageLookup([{ path: 'Actors/United States' }, { path: 'Actors/Iran', aliases: ['Persia'] }]);

    expect(resolveLink('actors/united_states', 'Home', lookup)).toEqual({ page: 'Actors/United States' });
    for (const target of ['Iran', 'Persia'])
      expect(resolveLink(target, 'Home', lookup)).toEqual({ page: 'Actors/Iran' });
    for (const target of ['refineries.csv', './Iran/refineries.csv'])
      expect(fileCandidates(target, 'Actors/Iran')).toContain('Actors/Iran/refineries.csv');
  });

  it('lists the categories of a new wiki', () => {
    for (const category of defaultCategories) expect(section('Categories and tags')).toContain(`\`${category}\``);
  });
});
