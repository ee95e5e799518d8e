import type { WikiLimits } from '@lib/acl';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { aWritersRoom, type TestWiki } from './a-writers-room.js';

/** A room for all tests of a spec and a wiki for each of them, with the calls that specs of the writer make of it. */
export function useWritersRoom() {
  let room: Awaited<ReturnType<typeof aWritersRoom>>;
  let wiki: TestWiki;
  beforeAll(async () => {
    room = await aWritersRoom();
  });
  afterAll(() => room?.close());
  beforeEach(async () => {
    wiki = await room.wiki();
  });

  const access = () => wiki.as('page.write');
  const write = (path: string, content: string, more: object = {}) =>
    room.writer.write(access(), { path, content, ...more });
  return {
    get room() {
      return room;
    },
    get wiki() {
      return wiki;
    },
    /** Goes on in a wiki with these limits. */
    limitTo: async (limits: Partial<WikiLimits>) => {
      wiki = await room.wiki(limits);
    },
    access,
    write,
    /** Writes a page and says at which revision it is now. */
    revisionOf: async (path: string, content: string) => (await write(path, content)).revision ?? '',
    commits: () => Number(wiki.git('rev-list', '--count', 'main')),
  };
}
