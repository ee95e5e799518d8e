import type { Access } from '@lib/acl';
import type { Oid } from '@lib/git';
import { LRUCache } from 'lru-cache';
import type { PageView } from './page-view.js';

const mostCharacters = 16 << 20;
// Links may be read the other way round without a commit, and another process may have asked for it.
const maxAgeMs = 5_000;
/** What a view weighs beside its text, which doors keep once more in their words: names, links, the change. */
const frame = 1_000;

/**
 * Pages as they were read last. Everything in a view follows from the commit that was read, so a commit more is another
 * key. Only views of whole wikis are kept: whoever sees part of one sees other links.
 */
export class ViewCache {
  private readonly views = new LRUCache<string, PageView>({
    maxSize: mostCharacters,
    ttl: maxAgeMs,
    sizeCalculation: ({ content, linksTo, linkedFrom }) =>
      frame + 2 * content.length + 50 * (linksTo.length + linkedFrom.length),
  });

  get(access: Access, tip: Oid, path: string): PageView | undefined {
    return access.paths === null ? this.views.get(keyOf(access, tip, path)) : undefined;
  }

  keep(access: Access, asked: string, view: PageView): void {
    if (access.paths === null) this.views.set(keyOf(access, view.commit, asked), Object.freeze(view));
  }

  clear(): void {
    this.views.clear();
  }
}

const keyOf = ({ wiki }: Access, commit: Oid, path: string): string => `${wiki.id} ${commit} ${path}`;
