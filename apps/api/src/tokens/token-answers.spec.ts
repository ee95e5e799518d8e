import { describe, expect, it } from 'vitest';
import { tokenAnswer, tokenFields } from './token-answers.js';
import { createToken, token } from './token.schema.js';

const at = new Date('2026-01-02T03:04:05Z');
const row = {
  ...{ id: 't', label: 'l', kind: 'personal' as const, verbs: ['read' as const], wikis: ['alice/notes'] },
  ...{ paths: null, createdAt: at, expiresAt: null, lastUsedAt: at, prefix: 'wbt_abc' },
};

describe('a token', () => {
  it('is told without anything of its secret', () => {
    const answer = tokenAnswer(row);

    expect(token.parse(answer)).toEqual(answer);
    expect(JSON.stringify(answer)).not.toContain('wbt_');
    expect(answer).toMatchObject({ created_at: '2026-01-02T03:04:05.000Z', expires_at: null });
  });

  it('reads and writes, for ever, unless something else is asked for', () => {
    expect(tokenFields(createToken.parse({ label: 'l' }))).toEqual({
      label: 'l',
      verbs: ['read', 'write'],
      expiresAt: null,
    });
    expect(tokenFields(createToken.parse({ label: 'l', expires_at: '2026-01-02T04:04:05+01:00' })).expiresAt).toEqual(
      at,
    );
  });
});
