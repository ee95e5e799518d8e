import type { Access } from '@lib/acl';
import type { DataSource } from 'typeorm';
import { anyOf } from './keyword-query.js';
import { Parameters, withinReach } from './keyword-reach.js';
import { phraseOf, termsOf } from './keyword-terms.js';
import { nameKey } from './keyword-vector.js';
import { foldPath } from './path-folding.js';
import { storable } from '@lib/markdown';

/** What someone may be about to type: a page, or a section of one. */
export interface Suggestion {
  kind: 'page' | 'section';
  /** The name of the page, or the heading. */
  text: string;
  path: string;
  /** The anchor of the section. */
  anchor: string | null;
}

interface Row {
  path: string;
  name: string;
  title: string | null;
  headings: { text: string; slug: string }[];
}

/** What is looked at to choose from: enough for a good choice, few enough to be quick with ten thousand pages. */
const mostLookedAt = 100;
const longestBeginning = 200;
const fields = ['A', 'B'] as const;

/** Says what pages and sections a beginning may be completed to. */
export class Suggestions {
  constructor(private readonly given: { database: DataSource }) {}

  /** The best come first: names that begin so, then names and headings of which a word begins so, short ones first. */
  async of(access: Access<'search.use'>, beginning: string, limit: number): Promise<Suggestion[]> {
    const typed = storable(beginning.trim().slice(0, longestBeginning).normalize('NFC'));
    if (typed === '') return [];
    const [named, ...worded] = await Promise.all([
      this.named(access, foldPath(typed)),
      ...fields.map((field) => this.worded(access, typed, field)),
    ]);
    const rows = new Map([named, ...worded].flat().map((row) => [row.path, row]));
    const key = nameKey(typed);
    if (key === '') return [];
    return [...rows.values()]
      .flatMap((row) => suggestionsOf(row, key))
      .sort((a, b) => a.rank - b.rank || a.text.length - b.text.length || (a.path < b.path ? -1 : 1))
      .slice(0, limit)
      .map(({ rank: _, ...suggestion }) => suggestion);
  }

  private named(access: Access, key: string): Promise<Row[]> {
    const parameters = new Parameters();
    const reach = withinReach(access, 'n', parameters);
    return this.query(
      `SELECT path FROM (
        SELECT path, min(length(key)) AS letters FROM page_names n
        WHERE ${reach} AND starts_with(key, ${parameters.add(key)}::text) GROUP BY path
      ) found ORDER BY letters, path LIMIT ${mostLookedAt}`,
      access,
      parameters,
    );
  }

  private async worded(access: Access, typed: string, field: (typeof fields)[number]): Promise<Row[]> {
    const terms = termsOf(typed);
    const last = terms.at(-1);
    // Of a single letter every other page would be looked at.
    if (last === undefined || (last.beginning === null && phraseOf(typed) === null) || [...typed].length < 2) return [];
    const forms = terms.map((term) =>
      term === last && term.beginning !== null ? [...term.forms, term.beginning] : term.forms,
    );
    const parameters = new Parameters();
    const reach = withinReach(access, 'k', parameters);
    const query = parameters.add(forms.map((some) => anyOf(some, field)).join(' & '));
    return this.query(
      `SELECT path FROM keyword_pages k WHERE ${reach} AND tsv @@ ${query}::tsquery LIMIT ${mostLookedAt}`,
      access,
      parameters,
    );
  }

  private query(paths: string, access: Access, parameters: Parameters): Promise<Row[]> {
    return this.given.database.query<Row[]>(
      `SELECT p.path, p.name, p.title, p.headings FROM (${paths}) f
       JOIN pages p ON p.wiki = ${parameters.add(access.wiki.id)}::uuid AND p.path = f.path`,
      parameters.values,
    );
  }
}

function suggestionsOf({ path, name, title, headings }: Row, typed: string): (Suggestion & { rank: number })[] {
  const last = path.split('/').at(-1) ?? path;
  const page = Math.min(...[name, title ?? name, last, path].map((text) => rankOf(text, typed)));
  const sections = headings.flatMap(({ text, slug }) => {
    const rank = rankOf(text, typed) + 0.5;
    // The heading above a page usually is its name once more.
    const isName = text === name || text === title;
    return rank > 2 || isName ? [] : [{ kind: 'section' as const, text, path, anchor: slug, rank }];
  });
  return page > 2 ? sections : [{ kind: 'page', text: name, path, anchor: null, rank: page }, ...sections];
}

/** 0 when the text begins so, 1 when each word that was typed begins one of its words, else more than that. */
function rankOf(text: string, typed: string): number {
  const key = nameKey(text);
  if (key.startsWith(typed)) return 0;
  const own = key.split(' ');
  return typed.split(' ').every((word) => own.some((one) => one.startsWith(word))) ? 1 : Infinity;
}
