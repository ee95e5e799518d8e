import { afterEach, describe, expect, it } from 'vitest';
import { manyWriters } from './kit/many-writers.js';
import { processes, type Site } from './kit/site.js';
import { edits, timeout, writers } from './kit/size.js';

describe('many writers of one wiki in four servers on one data folder and one database', () => {
  let site: Site;
  afterEach(() => site?.close());

  it('lose, double and overwrite nothing beside pushes and git gc', { timeout }, async () => {
    site = await processes(4);
    const ledger = await manyWriters(site, { writers: writers(16), edits: edits(4), pushers: 2, pushes: edits(2) });
    console.log(`four processes: ${ledger.told()}`);
    expect(ledger.merged).toBeGreaterThan(0);
    expect(ledger.again.conflict).toBeGreaterThan(0);
  });
});
