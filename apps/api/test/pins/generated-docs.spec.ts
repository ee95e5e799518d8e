import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { generatedDocs } from '../../src/docs/generated-docs.js';

const root = new URL('../../../../', import.meta.url);

describe('pages made from the code', () => {
  it.each([...generatedDocs()])('%s is fresh (npm run docs)', (path, text) => {
    expect(readFileSync(fileURLToPath(new URL(path, root)), 'utf8')).toBe(text);
  });
});
