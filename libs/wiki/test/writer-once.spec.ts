import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { coded } from './kit/coded.js';
import { useWritersRoom } from './kit/use-writers-room.js';

describe('the page writer, asked again under the same key', () => {
  const here = useWritersRoom();
  const { access, write } = here;

  it('does the same Idempotency-Key once, at once and later, and after a crash', async () => {
    await write('Counted', 'start\n');
    const append = (content = 'once\n') =>
      here.room.writer.append(access(), { path: 'Counted', content, idempotencyKey: 'k1' });

    const answers = await Promise.all([append(), append(), append()]);
    answers.push(await append());
    // The process died between the commit and the row.
    await here.room.database.query('DELETE FROM idempotency_keys');
    answers.push(await append());
    await here.room.database.query('UPDATE idempotency_keys SET answer = NULL');
    answers.push(await append());

    expect(await here.wiki.text('Counted')).toBe('start\nonce\n');
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    await expect(append('twice\n')).rejects.toEqual(coded('idempotency-mismatch'));
  });

  it('tries again what was refused under a key', async () => {
    const edit = () =>
      here.room.writer.edit(access(), {
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
    const key = createHash('sha256').update(`${userId}\n${here.wiki.id}\nk`).digest('hex');
    const somebody = { name: 'Somebody', email: 'somebody@example.org' };
    const message = `Forged\n\nWikibot-Via: rest\nWikibot-Key: ${key}\n`;
    const edits = [{ path: 'Pushed.md', content: Buffer.from('x') }];
    const record = { actor: 'u', door: 'git', agent: null };
    const draft = { edits, message, author: somebody, committer: somebody };
    await here.room.funnel.write(here.wiki.repository, record, async () => draft);

    expect(await write('Mine', 'x', { idempotencyKey: 'k' })).toMatchObject({ created: true, path: 'Mine' });
    expect(await here.wiki.text('Mine')).toBe('x');
  });
});
