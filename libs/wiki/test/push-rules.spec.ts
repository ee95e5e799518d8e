import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TreeEdit } from '@lib/git';
import { PushRules } from '../src/push-rules.js';
import { aWritersRoom, type TestWiki } from './kit/a-writers-room.js';

const somebody = { name: 'Somebody', email: 'somebody@example.org' };
const file = (path: string, content: string | Buffer = 'x'): TreeEdit => ({ path, content: Buffer.from(content) });

describe('what is asked of a push', () => {
  let room: Awaited<ReturnType<typeof aWritersRoom>>;
  let wiki: TestWiki;

  /** Commits as a client would, past every rule of the other doors. */
  const commit = async (edits: TreeEdit[], message = 'Push') => {
    const draft = { edits, message, author: somebody, committer: somebody };
    const record = { actor: 'u', door: 'git', agent: null };
    return (await room.funnel.write(wiki.repository, record, async () => draft)).commit ?? '';
  };
  /** Judges what was committed since, as a push onto `before` would be. */
  const judge = async (before: string | null, after: string) => {
    const rules = new PushRules({ repositories: room.repositories });
    const policy = rules.policyFor(wiki.as('repo.push'));
    return policy({ before, after, objects: wiki.repository, incoming: 1 });
  };

  beforeAll(async () => {
    room = await aWritersRoom();
  });
  afterAll(() => room?.close());
  beforeEach(async () => {
    wiki = await room.wiki({ pages: 4, attachmentBytes: 20, pageBytes: 30, fileBytes: 15 });
  });

  it('an honest push passes, and odd names stay', async () => {
    const before = await commit([file('Home.md')]);

    expect(await judge(before, await commit([file('Page.md'), file('what?.md'), file('Page/a.bin', 'abc')]))).toEqual(
      [],
    );
    expect(await judge(null, await commit([file('Other.md')]))).toEqual([]);
  });

  it('names, modes and sizes are held to the rules in one answer', async () => {
    const before = await commit([file('Home.md')]);
    const blob = wiki.git('rev-parse', 'main:Home.md').trim();
    const after = await commit([
      file('Twin.md'),
      file('twin.md'),
      file('a\nb.md'),
      file('Big.md', 'x'.repeat(31)),
      file('big.bin', 'x'.repeat(16)),
      { path: 'Link.md', blob, mode: '120000' },
    ]);

    const said = (await judge(before, after)).join('\n');

    for (const reason of [
      /same name/,
      /control character/,
      /31 bytes; a page may have 30/,
      /16 bytes; a file may have 15/,
    ]) {
      expect(said).toMatch(reason);
    }
    expect(said).toMatch(/symbolic link/);
  });

  it('what was there before is nobody’s fault, but nothing may be added to it', async () => {
    const before = await commit([file('Twin.md'), file('twin.md'), file('Big.md', 'x'.repeat(40))]);

    expect(await judge(before, await commit([file('Fine.md')]))).toEqual([]);
    expect((await judge(before, await commit([file('TWIN.md')]))).join()).toMatch(/same name/);
  });

  it('pages of the new tip count, unless the push adds none', async () => {
    const before = await commit(['A', 'B', 'C', 'D'].map((name) => file(`${name}.md`)));
    const over = await commit([file('E.md')]);

    expect(await judge(before, over)).toEqual([expect.stringMatching(/may have 4 pages; there would be 5/)]);
    expect(await judge(over, await commit([file('E.md', 'edited')]))).toEqual([]);
    expect(await judge(before, await commit([{ path: 'A.md', remove: true }]))).toEqual([]);
  });

  it('files that came and went within the push count towards the quota', async () => {
    const before = await commit([file('Home.md'), file('a.bin', '1234567890')]);
    await commit([file('b.bin', 'abcdefghijkl')]);
    const after = await commit([{ path: 'b.bin', remove: true }]);

    expect(await judge(before, after)).toEqual([expect.stringMatching(/20 bytes in all.*22/)]);
    expect(await judge(after, await commit([file('Home.md', 'edited')]))).toEqual([]);
  });
});
