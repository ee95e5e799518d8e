import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeAccount } from '../../src/account/account-removal.js';
import { startApp, type TestApp } from '../kit/app.js';
import { aWiki } from '../kit/a-wiki.js';
import { WebClient } from '../kit/web-client.js';

const password = 'correct horse battery';

describe('an account that is removed', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
    await aWiki(app, 'alice', 'notes');
    await app.addUser('leaver');
    await app.rooms.people.setPassword('leaver', password);
    const { acl, actors, members } = app.rooms;
    const shared = { owner: 'alice', slug: 'notes' };
    const owner = await acl.require('members.manage', await actors.byUsername('alice', 'rest'), shared);
    await members.set(owner, 'leaver', 'editor');
  });
  afterAll(() => app?.stop());

  it('leaves nothing behind that was kept for its person alone', async () => {
    const { acl, actors, drafts, imports, people, database } = app.rooms;
    const browser = new WebClient(app.url);
    await browser.submit(await browser.open('/auth/sign-in'), '/auth/sign-in', { login: 'leaver', password });
    await browser.open('/');
    const person = await actors.byUsername('leaver', 'web');
    const write = await acl.require('page.write', person, { owner: 'alice', slug: 'notes' });
    await drafts.keep(write, { path: 'Home', content: 'unfinished', revision: null });
    await imports.begin(acl.requireAccount('wiki.create', person), { kind: 'upload', source: 'notes.zip' });
    const kept = async () => {
      const tables = ['drafts', 'visits', 'imports', 'sessions', 'tokens', 'grants'];
      const count = (table: string) => `SELECT '${table}' AS name FROM ${table} WHERE user_id = $1`;
      const sql = tables.map(count).join(' UNION ');
      const rows = await database.source.query<{ name: string }[]>(sql, [person.userId]);
      return rows.map(({ name }) => name).sort();
    };

    expect(await kept()).toEqual(['drafts', 'grants', 'imports', 'sessions', 'tokens', 'visits']);
    await removeAccount(app.rooms, 'leaver');

    expect(await kept()).toEqual([]);
    expect(await people.find('leaver')).toBeNull();
  });
});
