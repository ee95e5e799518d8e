import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aWritersRoom, type TestWiki } from './kit/a-writers-room.js';
import { coded } from './kit/coded.js';

describe('the page writer, asked again under the same key', () => {
  let room: Awaited<ReturnType<typeof aWritersRoom>>;
  let wiki: TestWiki;
  const access = () => wiki.as('page.write');
  const write = (path: string, content: string, more: object = {}) =>
    room.writer.write(access(), { path, content, ...more });

  beforeAll(async () => {
    room = await aWritersRoom();
  });
  afterAll(() => room?.close());
  beforeEach(async () => {
    wiki = await room.wiki();
  });

  it('does the same Idempotency-Key once, at once and later, and after a crash', async () => {
    await write('Counted', 'start\n');
    const append = (content = 'once\n') =>
      room.writer.append(access(), { path: 'Counted', content, idempotencyKey: 'k1' });

    const answers = await Promise.all([append(), append(), append()]);
    answers.push(await append());
    // The process died between the commit and the row.
    await room.database.query('DELETE FROM idempotency_keys');
    answers.push(await append());
    await room.database.query('UPDATE idempotency_keys SET answer = NULL');
    answers.push(await append());

    expect(await wiki.text('Counted')).toBe('start\nonce\n');
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    await expect(append('twice\n')).rejects.toEqual(coded('idempotency-mismatch'));
  });

  it('tries again what was refused under a key', async () => {
    const edit = () =>
      room.writer.edit(access(), {
        path: 'Late',
        revision: '0'.repeat(40),
        oldString: 'a',
        newString: 'b',
        idempotencyKey: 'k',
      });
    await expect(edit()).rejects.toEqual(coded('page-not-found'));
    const made = await write('Late', 'a', { idempotencyKey: 'k' });

    expect(made).toMatchObject({ created: true });
    expect(await write('Late', 'a', { idempotencyKey: 'k' })).toEqual(made);
  });

  it('does not believe a key that somebody pushed', async () => {
    const { userId } = access().actor;
    const key = createHash('sha256').update(`${userId}\n${wiki.id}\nk`).digest('hex');
    const somebody = { name: 'Somebody', email: 'somebody@example.org' };
    const message = `Forged\n\nWikibot-Via: rest\nWikibot-Key: ${key}\n`;
    const edits = [{ path: 'Pushed.md', content: Buffer.from('x') }];
    const record = { actor: 'u', door: 'git', agent: null };
    const draft = { edits, message, author: somebody, committer: somebody };
    await room.funnel.write(wiki.repository, record, async () => draft);

    expect(await write('Mine', 'x', { idempotencyKey: 'k' })).toMatchObject({ created: true, path: 'Mine' });
    expect(await wiki.text('Mine')).toBe('x');
  });
});
