import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWritersRoom } from './kit/a-writers-room.js';

const writers = 10;
const rounds = 10;
const each = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('many writers at once', () => {
  let room: Awaited<ReturnType<typeof aWritersRoom>>;

  beforeAll(async () => {
    room = await aWritersRoom();
  });
  afterAll(() => room?.close());

  it('every acknowledged change of one page is in history exactly once', async () => {
    const wiki = await room.wiki();
    const access = wiki.as('page.write');
    const lines = each(writers, (writer) => `writer ${writer}: -\n\n`);
    await room.writer.write(access, { path: 'Shared', content: lines.join('') });
    const acknowledged: { text: string; commit: string }[] = [];
    let merged = 0;

    await Promise.all(
      each(writers, async (writer) => {
        for (const round of each(rounds, (index) => index)) {
          const revision = wiki.git('rev-parse', 'main').trim();
          const content = (
            await wiki.repository.blob((await wiki.repository.entry(revision, 'Shared.md'))?.oid ?? '')
          ).toString();
          const text = `writer ${writer}: ${round} done`;
          const next = content.replace(new RegExp(`writer ${writer}: .*`), text);
          const written = await room.writer.write(access, { path: 'Shared', content: next, revision });
          acknowledged.push({ text, commit: written.commit ?? 'none' });
          if (written.merged) merged += 1;
        }
      }),
    );

    expect(acknowledged).toHaveLength(writers * rounds);
    expect(new Set(acknowledged.map(({ commit }) => commit)).size).toBe(writers * rounds);
    for (const { text, commit } of acknowledged) {
      const added = wiki.git('show', '--format=', '--unified=0', commit).match(/^\+writer.*/gm);
      expect(added).toEqual([`+${text}`]);
    }
    expect(await wiki.text('Shared')).toBe(
      each(writers, (writer) => `writer ${writer}: ${rounds - 1} done\n\n`).join(''),
    );
    expect(merged).toBeGreaterThan(0);
    expect(wiki.git('fsck', '--strict', '--full')).toBe('');
  });

  it('of changes to the same line one wins, and the others are told so', async () => {
    const wiki = await room.wiki();
    const access = wiki.as('page.write');
    const made = await room.writer.write(access, { path: 'One', content: 'line\n' });

    const outcomes = await Promise.allSettled(
      each(writers, (writer) =>
        room.writer.write(access, { path: 'One', content: `by ${writer}\n`, revision: made.revision ?? '' }),
      ),
    );

    const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(won).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue;
      expect(outcome.reason).toMatchObject({ code: 'page-moved-on', extra: { current_revision: won[0]?.revision } });
    }
  });

  it('twins, limits and creations are judged one after the other', async () => {
    const wiki = await room.wiki({ pages: 5 });
    const access = wiki.as('page.write');
    const create = (path: string) => room.writer.write(access, { path, content: path });

    const same = await Promise.allSettled(each(4, () => create('Same')));
    const twins = await Promise.allSettled(['Case', 'case', 'CASE'].map(create));
    const many = await Promise.allSettled(each(8, (index) => create(`Many/${index}`)));

    const fulfilled = (all: PromiseSettledResult<unknown>[]) =>
      all.filter(({ status }) => status === 'fulfilled').length;
    expect([fulfilled(same), fulfilled(twins), fulfilled(many)]).toEqual([1, 1, 3]);
  });

  it('writes are durable and quick', async () => {
    const wiki = await room.wiki();
    const access = wiki.as('page.write');
    const times: number[] = [];
    let revision: string | undefined;
    for (const round of each(60, (index) => index)) {
      const started = performance.now();
      const made = await room.writer.write(access, { path: 'Timed', content: `${round}\n`, revision });
      times.push(performance.now() - started);
      revision = made.revision ?? undefined;
    }
    const p50 = times.sort((a, b) => a - b)[30] ?? Infinity;
    expect(p50).toBeLessThan(500);
    if (process.env.SHOW_FIGURES)
      console.log(`durable write p50 ${p50.toFixed(1)} ms, p95 ${times[56]?.toFixed(1)} ms`);
  });
});
