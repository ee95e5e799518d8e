import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aDatabase } from '../../postgres/testing/a-database.js';
import { Mirror, type MirroredSettings } from '../src/index.js';
import { outcome, type Room, roomOn, stored } from './kit/a-room.js';

describe('the mirror beside the repositories', () => {
  let root: string;
  let room: Room;
  let mirror: Mirror;
  let settings: Map<string, object>;
  const rooms: Room[] = [];

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'wikibot-mirror-'));
    settings = new Map();
    room = await another();
    mirror = new Mirror({ database: room.database, root, settings: kept() });
    for (const username of ['alice', 'bob', 'carol']) await room.people.create({ username, password: 'correct horse' });
  });

  afterEach(async () => {
    for (const one of rooms.splice(0)) await one.close();
    await rm(root, { recursive: true, force: true });
  });

  /** A room on an empty database, over the same data folder. */
  async function another(): Promise<Room> {
    const database = await aDatabase(stored);
    const made = roomOn(database, { mirror: new Mirror({ database, root, settings: kept() }) });
    rooms.push(made);
    return made;
  }

  const kept = (): MirroredSettings => ({
    of: async (wiki) => settings.get(wiki) ?? {},
    set: async (wiki, value) => void settings.set(wiki, value),
  });

  const fileOf = (wiki: string) => join(root, 'repositories', wiki, 'wikibot.json');
  const userFile = async (username: string) =>
    join(root, 'users', `${(await room.people.find(username))?.id ?? ''}.json`);
  const read = async (path: string) => JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  const idIn = async (of: Room, username: string) => (await of.people.find(username))?.id;

  async function shared() {
    const { wiki } = await room.wiki('alice', 'notes', { purpose: 'To remember', customSlug: 'field-notes' });
    settings.set(wiki.id, { linkOrder: 'label-first' });
    const manage = await room.acl.require('members.manage', await room.as('alice'), { id: wiki.id });
    await room.members.set(manage, 'bob', 'editor');
    await room.members.set(manage, 'carol', 'viewer');
    return { wiki, manage };
  }

  it('follows every change', async () => {
    const { wiki, manage } = await shared();
    const role = async () => ((await read(fileOf(wiki.id))).grants as unknown[]).length;

    expect(await role()).toBe(2);
    await room.members.remove(manage, 'carol');
    expect(await role()).toBe(1);
    await room.wikis.rename(room.acl.also(manage, 'wiki.rename'), 'renamed');
    await room.wikis.chooseSlug(room.acl.also(manage, 'wiki.slug'), null);
    expect(await read(fileOf(wiki.id))).toMatchObject({ slug: 'renamed', customSlug: null, deletedAt: null });
    expect(await read(await userFile('alice'))).toMatchObject({ keptNames: [{ name: 'field-notes' }] });
    await room.people.rename(room.acl.requireAccount('account.write', await room.as('bob')), 'Robert');
    expect(await read(await userFile('bob'))).toMatchObject({ username: 'bob', displayName: 'Robert' });
  });

  it('is for the owner of the process alone, and holds nothing one could sign in with', async () => {
    const { wiki } = await shared();
    await room.tokens.createFor('alice', { label: 'secret label', verbs: ['read'] });
    await mirror.compareAll();
    const paths = [fileOf(wiki.id), await userFile('alice'), await userFile('bob')];

    for (const path of paths) {
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect(await readFile(path, 'utf8')).not.toMatch(/argon2|password|wbt_|sha256|secret label|[0-9a-f]{64}/);
    }
    expect((await readdir(join(root, 'users'))).filter((name) => !name.endsWith('.json'))).toEqual([]);
  });

  it('brings everything back into an empty database, with the same rights', async () => {
    const { wiki } = await shared();
    await room.database.query(
      `INSERT INTO identities (issuer, subject, user_id) SELECT 'https://id.example.org', 'x1', id FROM users
       WHERE username = 'bob'`,
    );
    const gone = await room.wiki('bob', 'gone');
    await room.wikis.remove(
      await room.acl.require('wiki.delete', await room.as('bob'), { id: gone.wiki.id }),
      'bob/gone',
    );
    await mirror.compareAll();
    settings.clear();
    const fresh = await another();

    const result = await new Mirror({ database: fresh.database, root, settings: kept() }).reconstruct();

    expect(result).toEqual({ users: 3, wikis: 2, grants: 2, problems: [] });
    expect(await fresh.people.list()).toEqual(await room.people.list());
    expect(await fresh.wikis.all()).toEqual(await room.wikis.all());
    expect(settings.get(wiki.id)).toEqual({ linkOrder: 'label-first' });
    for (const [username, can] of [
      ['alice', 'members.manage'],
      ['bob', 'page.write'],
      ['carol', 'page.read'],
    ] as const)
      expect((await fresh.acl.require(can, await fresh.as(username), { customSlug: 'field-notes' })).wiki.id).toBe(
        wiki.id,
      );
    const carol = await fresh.acl.require('page.read', await fresh.as('carol'), { id: wiki.id });
    expect(fresh.acl.abilities(carol)).toEqual(
      room.acl.abilities(await room.acl.require('page.read', await room.as('carol'), { id: wiki.id })),
    );
    expect(await fresh.members.list(fresh.acl.also(carol, 'members.read'))).toEqual(
      await room.members.list(await room.acl.require('members.read', await room.as('carol'), { id: wiki.id })),
    );
    expect(await outcome(fresh.actors.byPassword('alice', 'correct horse', 'web'))).toBe('bad-credential');
    expect((await fresh.database.query<unknown[]>('SELECT 1 FROM identities')).length).toBe(1);
    expect(
      await outcome(
        fresh.wikis.restore(await fresh.acl.restorable(await fresh.as('bob'), { owner: 'bob', slug: 'gone' })),
      ),
    ).toBe('done');
    expect(await new Mirror({ database: fresh.database, root, settings: kept() }).reconstruct()).toMatchObject({
      users: 0,
      wikis: 0,
      grants: 0,
    });
  });

  it('keeps names that were given back from others, also after the database was lost', async () => {
    const { manage } = await shared();
    await room.wikis.chooseSlug(room.acl.also(manage, 'wiki.slug'), null);
    const fresh = await another();
    await new Mirror({ database: fresh.database, root }).reconstruct();

    expect(await outcome(fresh.begin('bob', { slug: 'x', customSlug: 'field-notes' }))).toBe('name-taken');
    expect(await outcome(fresh.begin('alice', { slug: 'x', customSlug: 'field-notes' }))).toBe('done');
  });

  it('brings people back from the wikis that name them, when their own files are lost', async () => {
    const { wiki } = await shared();
    await rm(join(root, 'users'), { recursive: true });
    const fresh = await another();

    const result = await new Mirror({ database: fresh.database, root }).reconstruct();

    expect(result).toEqual({ users: 3, wikis: 1, grants: 2, problems: [] });
    expect(await idIn(fresh, 'carol')).toBe(await idIn(room, 'carol'));
    expect((await fresh.acl.require('page.write', await fresh.as('bob'), { id: wiki.id })).role).toBe('editor');
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, 40)],
    ['empty', () => ''],
    ['of another shape', () => '{"id": 3}'],
    ['of another id', (text: string) => text.replace(/"id": "[0-9a-f]{8}/, '"id": "00000000')],
    ['not JSON', () => 'hello'],
    ['of a name that is not allowed', (text: string) => text.replace('"slug": "notes"', '"slug": "../notes"')],
  ])('tells of a file that is %s, and brings back the rest', async (_, spoil) => {
    const { wiki } = await shared();
    await room.wiki('bob', 'whole');
    await writeFile(fileOf(wiki.id), spoil(await readFile(fileOf(wiki.id), 'utf8')));
    await mkdir(join(root, 'repositories', '00000000-0000-4000-8000-000000000001', 'repo.git'), { recursive: true });
    const fresh = await another();

    const result = await new Mirror({ database: fresh.database, root }).reconstruct();

    expect(result).toMatchObject({ users: 3, wikis: 1 });
    expect(result.problems.filter((problem) => problem.includes(wiki.id))).toHaveLength(1);
    expect(result.problems.filter((problem) => problem.includes('000001'))).toEqual([expect.stringMatching(/missing/)]);
  });

  it('is compared with the database and mended, and an empty database empties nothing', async () => {
    const { wiki } = await shared();
    await mirror.compareAll();
    expect(await mirror.compareAll()).toEqual({ written: 0 });
    await rm(fileOf(wiki.id));
    await writeFile(await userFile('bob'), 'spoiled');

    expect(await mirror.compareAll()).toEqual({ written: 2 });
    expect(await mirror.compareAll()).toEqual({ written: 0 });
    const fresh = await another();
    expect(await new Mirror({ database: fresh.database, root }).compareAll()).toEqual({ written: 0 });
    expect(await read(fileOf(wiki.id))).toMatchObject({ slug: 'notes' });
  });

  it('goes with the wiki when it is erased', async () => {
    const { wiki, manage } = await shared();
    await room.wikis.remove(room.acl.also(manage, 'wiki.delete'), 'alice/notes');
    expect(await read(fileOf(wiki.id))).toMatchObject({ deletedAt: expect.any(String) });

    await room.wikis.erase(wiki.id);

    await expect(stat(fileOf(wiki.id))).rejects.toThrow(/ENOENT/);
    expect(await read(await userFile('alice'))).toMatchObject({ keptNames: [{ name: 'field-notes' }] });
  });

  it('says what is newest, also when an older change is slow to be written', async () => {
    const { wiki, manage } = await shared();
    const gate = aSignal();
    const reached = aSignal();
    const slow = new Mirror({
      database: room.database,
      root,
      settings: {
        of: async () => {
          reached.give();
          await gate.given;
          return {};
        },
        set: async () => {},
      },
    });
    const rename = (by: Room, name: string) => by.wikis.describe(by.acl.also(manage, 'wiki.settings'), { name });

    const older = rename(roomOn(room.database, { mirror: slow }), 'older');
    await reached.given;
    let isDone = false;
    const newer = rename(room, 'newer').finally(() => (isDone = true));
    const waits = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`;
    await expect
      .poll(async () => isDone || (await room.database.query<unknown[]>(waits)).length > 0, { interval: 5 })
      .toBe(true);
    gate.give();
    await Promise.all([older, newer]);

    expect((await read(fileOf(wiki.id))).name).toBe('newer');
  });

  it('that cannot be written fails no change, and says so', async () => {
    const { wiki, manage } = await shared();
    const errors: unknown[] = [];
    const blocked = new Mirror({ database: room.database, root, onError: (error) => errors.push(error) });
    await rm(fileOf(wiki.id));
    await mkdir(fileOf(wiki.id));
    await chmod(fileOf(wiki.id), 0o700);
    const again = roomOn(room.database, { mirror: blocked });

    const renamed = await again.wikis.describe(again.acl.also(manage, 'wiki.settings'), { name: 'Still' });

    expect(renamed.name).toBe('Still');
    expect(errors).toHaveLength(1);
    expect((await readdir(join(root, 'repositories', wiki.id))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

function aSignal(): { given: Promise<void>; give: () => void } {
  let give = () => {};
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give };
}
