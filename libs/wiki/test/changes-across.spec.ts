import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChangesAcross } from '../src/changes-across.js';
import { Visits } from '../src/visits.js';
import { aReadingRoom, alice, type WikiOfTest } from './kit/a-reading-room.js';

const bob = '00000000-0000-4000-8000-000000000b0b';

describe('what happened in many wikis', () => {
  let room: Awaited<ReturnType<typeof aReadingRoom>>;
  let across: ChangesAcross;
  let [garden, cellar, empty]: WikiOfTest[] = [];

  beforeAll(async () => {
    room = await aReadingRoom();
    across = new ChangesAcross(room);
    [garden, cellar, empty] = [await room.newWiki(), await room.newWiki(), await room.newWiki()];
    await garden.commit({ 'Home.md': 'one' }, 'Begin');
    await garden.commit({ 'Beds/Roses.md': 'one' }, 'Roses', { actor: bob, door: 'web', agent: null });
    await garden.commit({ 'Beds/Roses.md': 'two' }, 'More roses', { actor: bob, door: 'rest', agent: null });
    await garden.commit({ 'Beds/Soil.md': 'x', 'plan.png': 'x' }, 'Soil', {
      actor: alice,
      door: 'mcp',
      agent: 'claude',
    });
    await garden.commit({ 'Home.md': 'mine' }, 'By hand', { actor: alice, door: 'web', agent: null });
    await cellar.commit({ 'Jars.md': 'one' }, 'Jars');
    await cellar.commit({ 'Jars.md': null }, 'No jars', { actor: bob, door: 'web', agent: null });
  });
  afterAll(() => room?.close());

  const reading = (wiki?: WikiOfTest, paths: string[] | null = null) =>
    (wiki as WikiOfTest).as('history.read', { actor: { userId: alice }, paths });

  it('is known by the newest change of each, and wikis without any are left out', async () => {
    const newest = await across.newest([reading(garden), reading(cellar), reading(empty)]);

    expect([...newest].map(([wiki, { seq }]) => [wiki, seq]).toSorted()).toEqual(
      [
        [garden?.id, 5],
        [cellar?.id, 2],
      ].toSorted(),
    );
    expect(newest.get(garden?.id ?? '')?.at).toBeInstanceOf(Date);
  });

  it('is told by those who did it, agents last, without what one did in the browser oneself', async () => {
    const [news, ...more] = await across.since([{ access: reading(garden), seq: 1 }]);

    expect(more).toEqual([]);
    expect(news).toMatchObject({ wiki: garden?.id, isCut: false, since: garden?.git('rev-parse', 'main~4').trim() });
    expect(news?.by.map(({ author, agent, changes, files }) => [author.username, agent, changes, files])).toEqual([
      ['somebody', null, 2, 0],
      ['alice', 'claude', 1, 1],
    ]);
    expect(news?.by[0]?.pages).toEqual([
      { path: 'Beds/Roses', revision: garden?.git('rev-parse', 'main~2').trim(), kind: 'change', times: 2 },
    ]);
  });

  it('is told with what one did oneself, if that is asked for', async () => {
    const [news] = await across.since([{ access: reading(garden), seq: 4 }], { hasOwn: true });

    expect(news?.by).toMatchObject([{ author: { username: 'alice' }, agent: null, pages: [{ path: 'Home' }] }]);
  });

  it('leaves out wikis in which nothing happened since, and says where there was more', async () => {
    const asked = [
      { access: reading(garden), seq: 4 },
      { access: reading(cellar), seq: 0 },
    ];

    expect((await across.since(asked)).map(({ wiki, isCut }) => [wiki, isCut])).toEqual([[cellar?.id, false]]);
    const [cut] = await across.since(asked, { limit: 1 });
    expect(cut).toMatchObject({ isCut: true, by: [{ changes: 1, pages: [{ path: 'Jars', kind: 'remove' }] }] });
  });

  it('is not told to a token that reaches a part of a wiki', async () => {
    const narrow = reading(garden, ['Beds']);

    expect(await across.newest([narrow])).toEqual(new Map());
    expect(await across.since([{ access: narrow, seq: 0 }])).toEqual([]);
  });
});

describe('what somebody had seen when they were here before', () => {
  let room: Awaited<ReturnType<typeof aReadingRoom>>;
  const at = (time: string) => new Date(`2026-03-01T${time}:00Z`);

  beforeAll(async () => {
    room = await aReadingRoom();
  });
  afterAll(() => room?.close());

  it('is nothing at first, and stays the same all through a visit', async () => {
    const visits = new Visits(room);
    const look = async (time: string, seq: number) =>
      visits.look(alice, new Map([['00000000-0000-4000-8000-00000000000a', seq]]), at(time));
    const seen = (seq: number) => new Map([['00000000-0000-4000-8000-00000000000a', seq]]);

    expect(await look('09:00', 3)).toBeNull();
    expect(await look('09:20', 5)).toBeNull();
    expect(await look('14:00', 8)).toEqual({ at: at('09:20'), seen: seen(5) });
    expect(await look('14:01', 9)).toEqual({ at: at('09:20'), seen: seen(5) });
    expect(await look('14:25', 9)).toEqual({ at: at('09:20'), seen: seen(5) });
    expect(await look('20:00', 9)).toEqual({ at: at('14:25'), seen: seen(9) });
    expect(await visits.look(bob, new Map(), at('20:00'))).toBeNull();
  });

  it('is not known where the database takes nothing, and that is said to the operator', async () => {
    const told: unknown[] = [];
    const query = () => Promise.reject(new Error('read-only'));
    const visits = new Visits({ database: { query } as never, onError: (error) => told.push(error) });

    expect(await visits.look(alice, new Map())).toBeNull();
    expect(told).toHaveLength(1);
  });
});
