import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { TestApp } from '../../../apps/api/test/kit/app.js';

const tables = ['pages', 'page_names', 'page_tags', 'page_links', 'files', 'commits', 'commit_paths', 'keyword_pages'];

/** git finds nothing wrong with any repository, and the catalogue is what a rebuild of it makes. */
export async function expectWhole(app: TestApp): Promise<void> {
  for (const { wiki, state } of await app.rooms.wikis.all()) {
    if (state !== 'active') continue;
    const gitDir = join(app.dataDir, 'repositories', wiki.id, 'repo.git');
    execFileSync('git', ['-C', gitDir, 'fsck', '--strict', '--no-progress'], { stdio: 'pipe' });
    await app.rooms.catalogue.catchUp(wiki.id);
    const before = await rowsOf(app, wiki.id);
    await app.rooms.catalogue.rebuild(wiki.id);
    expect(await rowsOf(app, wiki.id)).toEqual(before);
    const { behind } = await app.rooms.catalogue.fresh(wiki.id);
    expect(behind).toBe(0);
  }
}

async function rowsOf(app: TestApp, wiki: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const table of tables) {
    const sql = `SELECT t::text AS row FROM ${table} t WHERE wiki = $1 ORDER BY 1`;
    const rows = await app.rooms.database.source.query<{ row: string }[]>(sql, [wiki]);
    found[table] = rows.map(({ row }) => row);
  }
  expect(found['pages']?.length).toBeGreaterThan(0);
  return found;
}
