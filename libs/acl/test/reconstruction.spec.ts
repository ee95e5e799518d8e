import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Mirror } from '../src/index.js';
import { aMirroredRoom, type MirroredRoom } from './kit/a-mirrored-room.js';
import { outcome, type Room } from './kit/a-room.js';

describe('the mirror, when the database is lost', () => {
  let mirrored: MirroredRoom;
  let room: Room;

  beforeEach(async () => {
    mirrored = await aMirroredRoom();
    room = mirrored.room;
  });
  afterEach(() => mirrored?.close());

  const idOf = async (of: Room, username: string) => (await of.people.find(username))?.id;

  it('brings everything back into an empty database, with the same rights', async () => {
    const { wiki } = await mirrored.shared();
    await room.database.query(
      `INSERT INTO identities (issuer, subject, user_id) SELECT 'https://id.example.org', 'x1', id FROM users
       WHERE username = 'bob'`,
    );
    const gone = await room.wiki('bob', 'gone');
    await room.wikis.remove(
      await room.acl.require('wiki.delete', await room.as('bob'), { id: gone.wiki.id }),
      'bob/gone',
    );
    await mirrored.mirrorOf(room).compareAll();
    mirrored.settings.clear();
    const fresh = await mirrored.another();

    const result = await mirrored.mirrorOf(fresh).reconstruct();

    expect(result).toEqual({ users: 3, wikis: 2, grants: 2, problems: [] });
    // Passwords are not in the files.
    const everyone = (await room.people.list()).map((person) => ({ ...person, hasPassword: false }));
    expect(await fresh.people.list()).toEqual(everyone);
    expect(await fresh.wikis.all()).toEqual(await room.wikis.all());
    expect(mirrored.settings.get(wiki.id)).toEqual({ linkOrder: 'label-first' });
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
    expect(await mirrored.mirrorOf(fresh).reconstruct()).toMatchObject({
      users: 0,
      wikis: 0,
      grants: 0,
    });
  });

  it('keeps names that were given back from others, also after the database was lost', async () => {
    const { manage } = await mirrored.shared();
    await room.wikis.chooseSlug(room.acl.also(manage, 'wiki.slug'), null);
    const fresh = await mirrored.another();
    await mirrored.mirrorOf(fresh).reconstruct();

    expect(await outcome(fresh.begin('bob', { slug: 'x', customSlug: 'field-notes' }))).toBe('name-taken');
    expect(await outcome(fresh.begin('alice', { slug: 'x', customSlug: 'field-notes' }))).toBe('done');
  });

  it('brings people back from the wikis that name them, when their own files and the settings are lost', async () => {
    const { wiki } = await mirrored.shared();
    await rm(join(mirrored.root, 'users'), { recursive: true });
    const fresh = await mirrored.another();

    const result = await new Mirror({ database: fresh.database, root: mirrored.root }).reconstruct();

    expect(result).toEqual({ users: 3, wikis: 1, grants: 2, problems: [] });
    expect(await idOf(fresh, 'carol')).toBe(await idOf(room, 'carol'));
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
    const { wiki } = await mirrored.shared();
    await room.wiki('bob', 'whole');
    await writeFile(mirrored.fileOf(wiki.id), spoil(await readFile(mirrored.fileOf(wiki.id), 'utf8')));
    await mkdir(join(mirrored.root, 'repositories', '00000000-0000-4000-8000-000000000001', 'repo.git'), {
      recursive: true,
    });
    const fresh = await mirrored.another();

    const result = await mirrored.mirrorOf(fresh).reconstruct();

    expect(result).toMatchObject({ users: 3, wikis: 1 });
    expect(result.problems.filter((problem) => problem.includes(wiki.id))).toHaveLength(1);
    expect(result.problems.filter((problem) => problem.includes('000001'))).toEqual([expect.stringMatching(/missing/)]);
  });

  it('leaves the settings of a wiki alone when its file has none', async () => {
    const { wiki } = await mirrored.shared();
    await new Mirror({ database: room.database, root: mirrored.root }).compareAll();
    mirrored.settings.set(wiki.id, { linkOrder: 'target-first' });
    const fresh = await mirrored.another();

    expect(await mirrored.mirrorOf(fresh).reconstruct()).toMatchObject({ wikis: 1, problems: [] });
    expect(mirrored.settings.get(wiki.id)).toEqual({ linkOrder: 'target-first' });
  });

  it('gives nothing to people who took the names meanwhile, and tells what has no place', async () => {
    const { wiki } = await mirrored.shared();
    const own = (await room.wiki('carol', 'own')).wiki;
    const fresh = await mirrored.another();
    for (const username of ['bob', 'carol']) await fresh.people.create({ username });
    const strangers = await Promise.all(['bob', 'carol'].map((username) => idOf(fresh, username)));

    const result = await mirrored.mirrorOf(fresh).reconstruct();

    expect(result).toMatchObject({ users: 1, wikis: 1, grants: 0 });
    const told = result.problems.map((problem) => problem.replace(mirrored.root, ''));
    const at = async (username: string) => `/users/${(await idOf(room, username)) ?? ''}.json cannot come back: `;
    expect(told).toHaveLength(5);
    expect(told).toEqual(
      expect.arrayContaining([
        expect.stringContaining(await at('bob')),
        expect.stringContaining(await at('carol')),
        `/repositories/${wiki.id}/wikibot.json names bob, who is not there`,
        `/repositories/${wiki.id}/wikibot.json names carol, who is not there`,
        `/repositories/${own.id}/wikibot.json cannot come back: Its owner carol is missing.`,
      ]),
    );
    expect(await Promise.all(['bob', 'carol'].map((username) => idOf(fresh, username)))).toEqual(strangers);
    expect(await outcome(fresh.acl.require('page.read', await fresh.as('bob'), { id: wiki.id }))).toBe(
      'wiki-not-found',
    );
  });

  it('tells of a person whose file is spoiled, and brings back the others', async () => {
    const { wiki } = await mirrored.shared();
    await room.people.create({ username: 'dora' });
    const spoiled = await mirrored.userFile('dora');
    await writeFile(spoiled, '{"id":');
    const fresh = await mirrored.another();

    const result = await mirrored.mirrorOf(fresh).reconstruct();

    expect(result).toMatchObject({ users: 3, wikis: 1, grants: 2 });
    expect(result.problems).toEqual([expect.stringContaining((await idOf(room, 'dora')) ?? 'nobody')]);
    expect(await fresh.people.find('dora')).toBeNull();
    expect((await fresh.acl.require('page.write', await fresh.as('bob'), { id: wiki.id })).role).toBe('editor');
    // The database that still knows her mends the file.
    expect(await mirrored.mirrorOf(room).compareAll()).toEqual({ written: 1 });
    expect(await mirrored.read(spoiled)).toMatchObject({ username: 'dora' });
  });
});
