import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEmptyDatabase } from '../../../../libs/postgres/testing/a-database.js';
import { aCommandLine } from '../kit/command-line.js';

// Every command is a process of its own.
describe('the command line, without a server', { timeout: 120_000 }, () => {
  let line: Awaited<ReturnType<typeof aCommandLine>>;

  const wikibot = (args: string[], input = '') => line.run(args, { input });
  const json = async (args: string[], input?: string) => {
    const run = await wikibot(['--json', ...args], input);
    expect(run.code, run.stderr).toBe(0);
    return JSON.parse(run.stdout) as Record<string, unknown>;
  };

  beforeAll(async () => {
    line = await aCommandLine();
  });
  afterAll(() => line?.remove());

  it('makes a person, a wiki and a token, and shows each secret once', async () => {
    const person = await json(['user', 'add', 'alice', '--admin', '--password-stdin'], 'correct horse\n');
    const wiki = await json(['wiki', 'create', '@alice/notes', '--purpose', 'What I know']);
    const token = await json([
      'token',
      'create',
      'alice',
      '--verbs',
      'read',
      '--wiki',
      '@alice/notes',
      '--expires',
      '7',
    ]);
    const lists = (await wikibot(['user', 'list'])).stdout + (await wikibot(['wiki', 'list'])).stdout;

    expect(person).toMatchObject({
      username: 'alice',
      is_admin: true,
      token: expect.stringMatching(/^wbt_/) as string,
    });
    expect(wiki).toMatchObject({ mcp_token: expect.stringMatching(/^wbt_/) as string, wiki: { pages: 3 } });
    expect(token).toMatchObject({ verbs: ['read'], secret: expect.stringMatching(/^wbt_/) as string });
    expect(lists).toContain('@alice/notes');
    expect(lists).not.toContain('wbt_');
  });

  it('looks at a folder first, then imports it, and exports it as a bundle', async () => {
    const vault = join(line.folder, 'vault');
    await mkdir(vault);
    await writeFile(join(vault, 'Home.md'), '# Home\n\nSee [[Other]] and [[Nowhere]].\n');
    await writeFile(join(vault, 'Other.md'), 'other\n');

    const looked = await json(['import', vault, '--as', '@alice/brought', '--dry-run']);
    const brought = await json(['import', vault, '--as', '@alice/brought']);
    const sent = await json(['export', '@alice/brought', '--to', join(line.folder, 'brought.bundle')]);

    expect(looked).toMatchObject({ dry_run: true, pages: 2, broken: 1 });
    expect(brought.report).toMatchObject({ pages: 2, links: 2, broken: 1 });
    expect(sent).toMatchObject({ file: join(line.folder, 'brought.bundle') });
  });

  it('finds nothing wrong, and builds everything anew when asked', async () => {
    const doctor = await json(['doctor', '--deep']);
    const reindexed = await json(['reindex', '--all']);

    expect(doctor).toMatchObject({ ok: true });
    expect(reindexed.reindexed).toEqual(expect.arrayContaining([expect.objectContaining({ pages: 3 })]));
  });

  it('deletes only what is named twice, and takes it back', async () => {
    const mistyped = await wikibot(['wiki', 'delete', '@alice/brought', '--confirm', 'alice/other']);
    const deleted = await json(['wiki', 'delete', '@alice/brought', '--confirm', '@alice/brought']);
    const restored = await json(['wiki', 'restore', '@alice/brought']);

    expect(mistyped.code).toBe(3);
    expect(deleted).toMatchObject({ deleted: true });
    expect(restored).toMatchObject({ restored: true });
  });

  it.each([
    [['user', 'add', 'No Name'], 3],
    [['user', 'add', 'alice'], 3],
    [['wiki', 'create', 'nonsense'], 2],
    [['wiki', 'create', '@nobody-here/notes'], 3],
    [['token', 'create', 'alice', '--verbs', 'everything'], 2],
    [['import', '/nowhere/at/all', '--as', '@alice/x'], 3],
    [['reindex'], 2],
    [['unknown'], 2],
  ])('%j is refused with its own exit code and no stack', async (args, code) => {
    const run = await wikibot(args);

    expect(run.code, run.stderr).toBe(code);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });

  it('a lost database is rebuilt from the data folder', async () => {
    const other = await anEmptyDatabase();
    const variables = { DATABASE_URL: other.url };
    try {
      const rebuilt = await line.run(['--json', 'reconstruct'], { variables });
      const lists = (await line.run(['wiki', 'list'], { variables })).stdout;

      expect(rebuilt.code, rebuilt.stderr).toBe(0);
      expect(JSON.parse(rebuilt.stdout)).toMatchObject({ users: 1, wikis: 2, problems: [] });
      expect(lists).toContain('@alice/notes');
    } finally {
      await other.drop();
    }
  });
});
