import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWikiRef } from '../../acl/src/testing/an-access.js';
import type { ImportStep } from '../src/import-steps.js';
import { type ImportProgress, WikiImport } from '../src/import-wiki.js';
import { aWritersRoom } from './kit/a-writers-room.js';

const mara = { userId: '00000000-0000-4000-8000-00000000000a', username: 'mara', displayName: 'Mara L' };
const hours = (count: number) => new Date(Date.UTC(2025, 0, 1, count));

const step = (text: string, more: Partial<ImportStep> = {}): ImportStep => ({
  files: [{ path: 'Log.md', bytes: Buffer.from(text) }],
  ...{ message: `Log ${text}`, author: mara, door: 'web', agent: null, date: hours(0) },
  ...more,
});

describe('a history that is told step by step', () => {
  let room: Awaited<ReturnType<typeof aWritersRoom>>;
  let importing: WikiImport;

  beforeAll(async () => {
    room = await aWritersRoom();
    importing = new WikiImport(room.options);
  });
  afterAll(() => room?.close());

  it('becomes commits in its order, however many, each dated as told and with a record that says so', async () => {
    const wiki = await room.wiki();
    const steps = Array.from({ length: 120 }, (_, at) => step(`${at}`, { date: hours(at) }));
    const progress: ImportProgress[] = [];

    const report = await importing.into(
      wiki.as('page.write'),
      { kind: 'steps', steps },
      {
        onProgress: (one) => progress.push(one),
      },
    );

    const told = steps.map(({ message, date }) => `Mara L ${date.getTime() / 1000} ${message}`);
    expect(wiki.git('log', '--reverse', '--format=%an %at %s', 'main').trim().split('\n')).toEqual(told);
    expect(report).toMatchObject({ pages: 1, commits: 120 });
    expect(wiki.git('show', 'main:Log.md')).toBe('119');
    expect(wiki.git('fsck', '--strict', '--full')).toBe('');
    const moves = await wiki.repository.moves();
    expect(moves).toHaveLength(120);
    expect(moves[0]?.record).toEqual({ actor: mara.userId, door: 'web', agent: null, note: 'told by the server' });
    // When it really happened.
    expect(moves[0]?.seconds).toBeGreaterThan(hours(200).getTime() / 1000);
    expect(progress.at(-1)).toEqual({ step: 'writing', done: 120, total: 120 });
  });

  it('says who, by which agent, and by which door; what is pushed has no trailers of ours', async () => {
    const wiki = await room.wiki();
    const nameless = { userId: null, username: null, displayName: 'Tam' };
    const steps = [
      step('a', { door: 'mcp', agent: 'Claude' }),
      step('b', { door: 'git' }),
      step('c', { author: nameless }),
    ];

    await importing.into(wiki.as('page.write'), { kind: 'steps', steps });

    const [first, second, third] = (await wiki.repository.moves()).map(({ record }) => record);
    expect(first).toMatchObject({ actor: mara.userId, door: 'mcp', agent: 'Claude' });
    expect(second).toMatchObject({ actor: mara.userId, door: 'git' });
    expect(third).toMatchObject({ actor: '', door: 'web' });
    expect(wiki.git('log', '-1', '--format=%B', 'main~2').trim()).toBe(
      'Log a\n\nWikibot-Via: mcp\nWikibot-Agent: Claude',
    );
    expect(wiki.git('log', '-1', '--format=%an <%ae>, %cn: %B', 'main~1').trim()).toMatch(
      /^Mara L <mara@users\.noreply\.\S+>, Mara L: Log b$/,
    );
    expect(wiki.git('log', '-1', '--format=%an <%ae>', 'main').trim()).toMatch(/^Tam <wikibot@/);
  });

  it('is held to the limits of the wiki, and refused it leaves nothing', async () => {
    const wiki = await room.wiki();
    const { limits } = aWikiRef();
    const access = wiki.as('page.write');
    const tooLarge = { kind: 'steps', steps: [step('a'), step('x'.repeat(limits.pageBytes + 1))] } as const;

    await expect(importing.into(access, tooLarge)).rejects.toMatchObject({ code: 'import-refused' });
    await expect(importing.look({ kind: 'steps', steps: [] }, limits)).rejects.toMatchObject({
      code: 'import-refused',
    });

    expect(await wiki.repository.tip()).toBeNull();
  });
});
