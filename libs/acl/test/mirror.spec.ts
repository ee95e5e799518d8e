import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Mirror } from '../src/index.js';
import { aMirroredRoom, type MirroredRoom } from './kit/a-mirrored-room.js';
import { type Room, roomOn } from './kit/a-room.js';

describe('the mirror beside the repositories', () => {
  let mirrored: MirroredRoom;
  let room: Room;

  beforeEach(async () => {
    mirrored = await aMirroredRoom();
    room = mirrored.room;
  });
  afterEach(() => mirrored?.close());

  it('follows every change', async () => {
    const { wiki, manage } = await mirrored.shared();
    const role = async () => ((await mirrored.read(mirrored.fileOf(wiki.id))).grants as unknown[]).length;

    expect(await role()).toBe(2);
    await room.members.remove(manage, 'carol');
    expect(await role()).toBe(1);
    await room.wikis.rename(room.acl.also(manage, 'wiki.rename'), 'renamed');
    await room.wikis.chooseSlug(room.acl.also(manage, 'wiki.slug'), null);
    expect(await mirrored.read(mirrored.fileOf(wiki.id))).toMatchObject({
      slug: 'renamed',
      customSlug: null,
      deletedAt: null,
    });
    expect(await mirrored.read(await mirrored.userFile('alice'))).toMatchObject({
      keptNames: [{ name: 'field-notes' }],
    });
    await room.people.rename(room.acl.requireAccount('account.write', await room.as('bob')), 'Robert');
    expect(await mirrored.read(await mirrored.userFile('bob'))).toMatchObject({
      username: 'bob',
      displayName: 'Robert',
    });
  });

  it('is for the owner of the process alone, and holds nothing one could sign in with', async () => {
    const { wiki } = await mirrored.shared();
    await room.tokens.createFor('alice', { label: 'secret label', verbs: ['read'] });
    await mirrored.mirrorOf(room).compareAll();
    const paths = [mirrored.fileOf(wiki.id), await mirrored.userFile('alice'), await mirrored.userFile('bob')];

    for (const path of paths) {
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect(await readFile(path, 'utf8')).not.toMatch(/argon2|password|wbt_|sha256|secret label|[0-9a-f]{64}/);
    }
    expect((await readdir(join(mirrored.root, 'users'))).filter((name) => !name.endsWith('.json'))).toEqual([]);
  });

  it('is compared with the database and mended, and an empty database empties nothing', async () => {
    const { wiki } = await mirrored.shared();
    await mirrored.mirrorOf(room).compareAll();
    expect(await mirrored.mirrorOf(room).compareAll()).toEqual({ written: 0 });
    await rm(mirrored.fileOf(wiki.id));
    await writeFile(await mirrored.userFile('bob'), 'spoiled');

    expect(await mirrored.mirrorOf(room).compareAll()).toEqual({ written: 2 });
    expect(await mirrored.mirrorOf(room).compareAll()).toEqual({ written: 0 });
    const fresh = await mirrored.another();
    expect(await mirrored.mirrorOf(fresh).compareAll()).toEqual({ written: 0 });
    expect(await mirrored.read(mirrored.fileOf(wiki.id))).toMatchObject({ slug: 'notes' });
  });

  it('goes with the wiki when it is erased', async () => {
    const { wiki, manage } = await mirrored.shared();
    await room.wikis.remove(room.acl.also(manage, 'wiki.delete'), 'alice/notes');
    expect(await mirrored.read(mirrored.fileOf(wiki.id))).toMatchObject({ deletedAt: expect.any(String) });

    await room.wikis.erase(wiki.id);

    await expect(stat(mirrored.fileOf(wiki.id))).rejects.toThrow(/ENOENT/);
    expect(await mirrored.read(await mirrored.userFile('alice'))).toMatchObject({
      keptNames: [{ name: 'field-notes' }],
    });
  });

  it('says what is newest, also when an older change is slow to be written', async () => {
    const { wiki, manage } = await mirrored.shared();
    const gate = aSignal();
    const reached = aSignal();
    const slow = new Mirror({
      database: room.database,
      root: mirrored.root,
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

    expect((await mirrored.read(mirrored.fileOf(wiki.id))).name).toBe('newer');
  });

  it('that cannot be written fails no change, and says so', async () => {
    const { wiki, manage } = await mirrored.shared();
    const errors: unknown[] = [];
    const blocked = new Mirror({
      database: room.database,
      root: mirrored.root,
      onError: (error) => errors.push(error),
    });
    await rm(mirrored.fileOf(wiki.id));
    await mkdir(mirrored.fileOf(wiki.id));
    await chmod(mirrored.fileOf(wiki.id), 0o700);
    const again = roomOn(room.database, { mirror: blocked });

    const renamed = await again.wikis.describe(again.acl.also(manage, 'wiki.settings'), { name: 'Still' });

    expect(renamed.name).toBe('Still');
    expect(errors).toHaveLength(1);
    expect(
      (await readdir(join(mirrored.root, 'repositories', wiki.id))).filter((name) => name.endsWith('.tmp')),
    ).toEqual([]);
  });
});

function aSignal(): { given: Promise<void>; give: () => void } {
  let give = () => {};
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give };
}
