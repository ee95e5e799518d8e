import { isDeepStrictEqual } from 'node:util';
import type { Access, WikiId } from '@lib/acl';
import type { Oid } from '@lib/git';
import { LRUCache } from 'lru-cache';
import type { LinkOrder } from '@lib/markdown';
import type { PageView } from './page-view.js';
import type { WikiSettings } from './wiki-settings.js';

const mostCharacters = 16 << 20;
// Names of people are in a view too, and follow from no commit.
const viewMaxAgeMs = 60_000;
// Links may be read the other way round without a commit, and another process may have asked for it.
const orderMaxAgeMs = 5_000;
const mostWikis = 10_000;
/** What a view weighs beside its text, which doors keep once more in their words: names, links, the change. */
const frame = 1_000;

/**
 * Pages as they were read last. What is in a view follows from the commit that was read and the order in which the wiki
 * writes its links, so either makes another key. Only views of whole wikis are kept: whoever sees part of one sees other links.
 */
export class ViewCache {
  private readonly views: LRUCache<string, PageView>;
  private readonly orders = new LRUCache<WikiId, LinkOrder>({ max: mostWikis, ttl: orderMaxAgeMs });

  constructor(
    private readonly settings: Pick<WikiSettings, 'of' | 'onReadAnew'>,
    { maxAgeMs = viewMaxAgeMs }: { maxAgeMs?: number } = {},
  ) {
    this.views = new LRUCache<string, PageView>({
      maxSize: mostCharacters,
      ttl: maxAgeMs,
      noDeleteOnStaleGet: true,
      sizeCalculation: ({ content, linksTo, linkedFrom }) =>
        frame + 2 * content.length + 50 * (linksTo.length + linkedFrom.length),
    });
    settings.onReadAnew(() => this.clear());
  }

  /** Under what a page as of a commit is kept; null when it is not to be. */
  async key({ wiki, paths }: Access, commit: Oid, path: string): Promise<string | null> {
    if (paths !== null) return null;
    let order = this.orders.get(wiki.id);
    if (order === undefined) {
      order = (await this.settings.of(wiki.id)).linkOrder;
      this.orders.set(wiki.id, order);
    }
    return `${wiki.id} ${order} ${commit} ${path}`;
  }

  get(key: string | null): PageView | undefined {
    return key === null ? undefined : this.views.get(key);
  }

  /** Keeps a view, and answers with the one kept: doors know what they made of a view that nothing has changed in. */
  keep(key: string | null, view: PageView): PageView {
    if (key === null) return view;
    const before = this.views.peek(key, { allowStale: true });
    const kept = before !== undefined && isDeepStrictEqual(before, view) ? before : Object.freeze(view);
    this.views.set(key, kept);
    return kept;
  }

  private clear(): void {
    this.orders.clear();
    this.views.clear();
  }
}
