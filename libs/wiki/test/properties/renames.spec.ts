import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageLookup } from '../../src/link-resolution.js';
import { rewriteLinks } from '../../src/link-rewriting.js';
import type { LinkOrder } from '@lib/markdown';
import { LinkMove } from '../../src/rename-link-move.js';
import { aWritersRoom } from '../kit/a-writers-room.js';
import { aLinkedWiki, type LinkedWiki, type PageTexts } from './kit/linked-wiki.js';
import { besidesTargets, meaningsIn } from './kit/meanings.js';
import { runs } from './kit/runs.js';

const order: LinkOrder = 'target-first';

/** The pages after a rename in which every page was looked at. */
function renamed({ pages, from, to }: LinkedWiki): PageTexts {
  const before = { pages: pageLookup([...pages.keys()].map((path) => ({ path }))), files: new Set<string>() };
  const move = new LinkMove({ pages: new Map([[from, to]]), files: new Map() }, before);
  const after = [...pages].map(([path, text]): [string, string] => {
    const now = path === from ? to : path;
    return [now, rewriteLinks(text, order, (link) => move.targetOf(link, now))];
  });
  return new Map(after);
}

/** What led to the page leads there still; on the page itself, everything leads where it did. */
function expectSameMeanings({ pages, from, to }: LinkedWiki, after: PageTexts): void {
  const now = meaningsIn(after, order);
  for (const [path, meanings] of meaningsIn(pages, order)) {
    const there = path === from ? to : path;
    const found = now.get(there) ?? [];
    expect(found.length, after.get(there)).toBe(meanings.length);
    meanings.forEach(({ page }, at) => {
      if (page === from) expect(found[at]?.page, after.get(there)).toBe(to);
      else if (path === from && page !== null) expect(found[at]?.page, after.get(there)).toBe(page);
    });
  }
}

/** A second page that moves at the same time, to a folder that is not there; null where there is no other page. */
function movesOf({ pages, from, to }: LinkedWiki): Map<string, string> | null {
  const other = [...pages.keys()].find((path) => path !== from);
  if (other === undefined) return null;
  return new Map([
    [from, to],
    [other, `Elsewhere far away/${other}`],
  ]);
}

describe('the rename of a page', () => {
  it('leaves every link to it, and every link on it, leading where it led', () => {
    fc.assert(
      fc.property(aLinkedWiki, (wiki) => expectSameMeanings(wiki, renamed(wiki))),
      runs(2000),
    );
  });

  it('of several at once leaves every link to them, and every link on them, leading where it led', () => {
    fc.assert(
      fc.property(aLinkedWiki, (wiki) => {
        const moves = movesOf(wiki);
        fc.pre(moves !== null);
        const { pages } = wiki;
        const before = { pages: pageLookup([...pages.keys()].map((path) => ({ path }))), files: new Set<string>() };
        const move = new LinkMove({ pages: moves, files: new Map() }, before);
        const placeOf = (path: string) => moves.get(path) ?? path;
        const after = new Map(
          Array.from(pages, ([path, text]): [string, string] => [
            placeOf(path),
            rewriteLinks(text, order, (link) => move.targetOf(link, placeOf(path))),
          ]),
        );
        const now = meaningsIn(after, order);
        for (const [path, meanings] of meaningsIn(pages, order)) {
          meanings.forEach(({ page }, at) => {
            if (page === null || (!moves.has(page) && !moves.has(path))) return;
            expect(now.get(placeOf(path))?.[at]?.page, after.get(placeOf(path))).toBe(placeOf(page));
          });
        }
      }),
      runs(2000),
    );
  });

  it('changes no byte but targets, where a target can be written in the same way', () => {
    fc.assert(
      fc.property(aLinkedWiki, (wiki) => {
        // Names with marks of their own between brackets make a markdown link of a wikilink.
        fc.pre([...wiki.pages.keys(), wiki.to].every((path) => !/[[\]|`\\<#]/.test(path)));
        const after = renamed(wiki);
        for (const [path, text] of wiki.pages) {
          const now = after.get(path === wiki.from ? wiki.to : path) ?? '';
          expect(besidesTargets(now, order)).toEqual(besidesTargets(text, order));
        }
      }),
      runs(2000),
    );
  });

  describe('by the writer', () => {
    let room: Awaited<ReturnType<typeof aWritersRoom>>;
    beforeAll(async () => {
      room = await aWritersRoom();
    });
    afterAll(() => room?.close());

    it('finds every page with such a link, and makes one whole commit of it', async () => {
      await fc.assert(
        fc.asyncProperty(aLinkedWiki, async (linked) => {
          const wiki = await room.wiki();
          const access = wiki.as('page.write');
          const operations = [...linked.pages].map(([path, content]) => ({ op: 'write' as const, path, content }));
          await room.writer.batch(access, { operations });
          const made = await room.writer.rename(access, { path: linked.from, newPath: linked.to });

          const paths = [...linked.pages.keys()].map((path) => (path === linked.from ? linked.to : path));
          const texts = await Promise.all(
            paths.map(async (path): Promise<[string, string]> => [path, (await wiki.text(path)) ?? 'gone']),
          );
          expect(new Map(texts)).toEqual(renamed(linked));
          expect(wiki.git('rev-parse', 'main').trim()).toBe(made.commit);
          expect(await wiki.text(linked.from)).toBeNull();
        }),
        runs(25, 20),
      );
    }, 3_600_000);
  });
});
