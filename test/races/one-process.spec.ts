import { afterEach, describe, expect, it } from 'vitest';
import { manyWriters } from './kit/many-writers.js';
import { oneProcess, type Site } from './kit/site.js';
import { edits, timeout, writers } from './kit/size.js';

describe('many writers of one wiki in one server', () => {
  let site: Site;
  afterEach(() => site?.close());

  it('lose, double and overwrite nothing beside pushes and git gc', { timeout }, async () => {
    site = await oneProcess();
    const ledger = await manyWriters(site, { writers: writers(50), edits: edits(3), pushers: 2, pushes: edits(2) });
    console.log(`one process: ${ledger.told()}`);
    expect(ledger.merged).toBeGreaterThan(0);
    expect(ledger.again.conflict).toBeGreaterThan(0);
  });
});
