import { Injectable } from '@nestjs/common';
import { type Access, Acl } from '@lib/acl';
import { pageAddress } from '@lib/markdown';
import { type Found, Search, SearchError } from '@lib/search';
import { Pages, type Suggestion, Suggestions } from '@lib/wiki';

/** One line of what is found while somebody types. */
export interface QuickHit {
  kind: 'page' | 'section' | 'text';
  name: string;
  path: string;
  address: string;
  /** What the page says, with beginnings and ends of what was looked for; null where the name was found. */
  snippet: string | null;
  marks: readonly (readonly [number, number])[];
}

const most = { named: 6, altogether: 12, searched: 10 };

/** Finds pages while somebody types: those of which the name begins so, then what a search finds. */
@Injectable()
export class QuickFind {
  constructor(
    private readonly acl: Acl,
    private readonly pages: Pages,
    private readonly suggestions: Suggestions,
    private readonly searching: Search,
  ) {}

  /** Null for the mode when there was nothing to search for. */
  async find(
    access: Access<'search.use'>,
    query: string,
    base: string,
  ): Promise<{ mode: Found['mode'] | null; results: QuickHit[] }> {
    const [named, found] = await Promise.all([
      this.suggestions.of(access, query, most.named),
      this.search(access, query),
    ]);
    const results = named.map((suggestion) => ofSuggestion(suggestion, base));
    const isKnown = new Set(named.map(({ path }) => path));
    for (const { path, name, snippet, marks } of found?.results ?? []) {
      if (!isKnown.has(path))
        results.push({ kind: 'text', name, path, address: pageAddress(base, path), snippet, marks });
    }
    return { mode: found?.mode ?? null, results: results.slice(0, most.altogether) };
  }

  /** Those of the pages that somebody visited that there still are, for whoever asks. */
  async visited(access: Access<'search.use'>, paths: readonly string[], base: string): Promise<QuickHit[]> {
    const named = await this.pages.named(this.acl.also(access, 'page.read'), paths);
    return named.map(({ path, name }) => ({
      ...{ kind: 'page', name, path, address: pageAddress(base, path), snippet: null, marks: [] },
    }));
  }

  private async search(access: Access<'search.use'>, query: string): Promise<Found | null> {
    if (query.trim() === '') return null;
    try {
      return await this.searching.find(access, { query, limit: most.searched });
    } catch (error) {
      // What is half typed may hold nothing yet that can be searched for.
      if (error instanceof SearchError) return null;
      throw error;
    }
  }
}

function ofSuggestion({ kind, text, path, anchor }: Suggestion, base: string): QuickHit {
  return { kind, name: text, path, address: pageAddress(base, path, anchor), snippet: null, marks: [] };
}
