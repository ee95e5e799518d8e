import { describe, expect, it } from 'vitest';
import { conditionsOf } from './conditions.js';

const revision = '0123456789abcdef0123456789abcdef01234567';
const told = (headers: Record<string, string>, query: object = {}) => conditionsOf({ headers, query });

describe('conditions of a write', () => {
  it('If-Match means the page, so only the half before the dot counts', () => {
    expect(told({ 'if-match': `"${revision}.Ab-_9"` }).ifMatch).toBe(revision);
    expect(told({ 'if-match': `"${revision}"` }).ifMatch).toBe(revision);
    expect(told({ 'if-match': ' * ' }).ifMatch).toBe('*');
    expect(told({}).ifMatch).toBeUndefined();
  });

  it.each([
    '',
    'x',
    revision,
    `W/"${revision}"`,
    `"${revision}", "${revision}"`,
    '"--output=x"',
    '"main"',
    `"${'a'.repeat(400)}"`,
  ])('If-Match %j is refused', (tag) => {
    expect(() => told({ 'if-match': tag })).toThrow();
  });

  it.each(['', ' ', 'with blank', 'é', 'x'.repeat(256), 'a\u0000'])('Idempotency-Key %j is refused', (key) => {
    expect(() => told({ 'idempotency-key': key })).toThrow();
  });

  it('dry_run is true or false and nothing else', () => {
    expect(told({}, { dry_run: 'true' }).dryRun).toBe(true);
    expect(told({}, { dry_run: '0' }).dryRun).toBe(false);
    expect(told({}, {}).dryRun).toBeUndefined();
    expect(() => told({}, { dry_run: 'maybe' })).toThrow();
    expect(() => told({}, { dry_run: ['true', 'true'] })).toThrow();
  });
});
