import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCommandLine } from '../kit/command-line.js';

describe('what the command line refuses', { timeout: 120_000 }, () => {
  let line: Awaited<ReturnType<typeof aCommandLine>>;

  const wikibot = (args: string[], variables: Record<string, string> = {}) => line.run(args, { variables });

  beforeAll(async () => {
    line = await aCommandLine();
    expect((await wikibot(['user', 'add', 'alice'])).code).toBe(0);
  });
  afterAll(() => line?.remove());

  it.each([
    [['wiki', 'create', '@alice/x', '--wikilinks', 'nonsense'], '--wikilinks'],
    [['wiki', 'create', '@alice/x', '--name', ''], '--name'],
    [['wiki', 'create', '@alice/x', '--purpose', 'p'.repeat(2001)], '--purpose'],
    [['wiki', 'create', '@alice/x', '--categories', 'people,,places'], '--categories'],
    [['import', '/nowhere', '--as', '@alice/x', '--wikilinks', 'nonsense'], '--wikilinks'],
    [['import', '/nowhere', '--as', '@alice/x', '--name', 'n'.repeat(201)], '--name'],
  ])('what a wiki cannot have is refused with the name of its option (%#)', async (args, option) => {
    const run = await wikibot(args);

    expect(run.code, run.stderr).toBe(2);
    expect(run.stderr).toMatch(new RegExp(`^wikibot: ${option}: \\S.*\\n$`));
  });

  it('and what was refused has made nothing', async () => {
    expect((await wikibot(['wiki', 'list'])).stdout).not.toContain('@alice/x');
  });

  it.each([
    [['unknown'], 2, 'usage', /unknown command/],
    [['wiki', 'unknown'], 2, 'usage', /unknown command/],
    [['wiki', 'list', '--unknown'], 2, 'usage', /unknown option/],
    [['export', '@alice/x'], 2, 'usage', /--to/],
    [['user', 'add'], 2, 'usage', /username/],
    [[], 2, 'usage', /--help/],
    [['reindex'], 2, 'usage', /--all/],
    [['wiki', 'create', '@alice/x', '--wikilinks', 'nonsense'], 2, 'usage', /--wikilinks/],
    [['user', 'add', 'alice'], 3, 'name-taken', /taken/],
    [['export', '@alice/none', '--to', '/nowhere/x.bundle'], 3, 'wiki-not-found', /./],
  ])('under --json %j is one JSON document on standard error', async (args, exitCode, code, detail) => {
    const runs = await Promise.all([wikibot(['--json', ...args]), wikibot([...args, '--json'])]);

    for (const run of runs) {
      expect(run.code, run.stderr).toBe(exitCode);
      expect(run.stdout).toBe('');
      expect(JSON.parse(run.stderr)).toMatchObject({
        error: { code, detail: expect.stringMatching(detail) as string },
      });
    }
  });

  it('tells people how a command is used when it is misspelt', async () => {
    const run = await wikibot(['wiki', 'creat']);

    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/unknown command 'creat'[^]*Usage: wikibot wiki/);
  });

  it.each(['127.0.0.1:1', 'localhost:1', 'nowhere.invalid:5432'])(
    'a database that cannot be reached at %s is said in a line, without a stack or the password',
    async (host) => {
      const variables = { DATABASE_URL: `postgres://someone:s3cret@${host}/wiki` };
      const run = await wikibot(['wiki', 'list'], variables);
      const asJson = await wikibot(['--json', 'wiki', 'list'], variables);

      expect(run.code).toBe(1);
      expect(run.stderr).toMatch(/^wikibot: The database cannot be reached \(\w+\)\.\n.*DATABASE_URL.*\n$/);
      expect(run.stderr).not.toContain('s3cret');
      expect(JSON.parse(asJson.stderr)).toMatchObject({ error: { code: 'not-ready' } });
    },
  );

  it('a database that is not there, on a server that is, is named', async () => {
    const url = new URL(line.databaseUrl);
    url.pathname = '/no_such_database';
    const run = await wikibot(['wiki', 'list'], { DATABASE_URL: url.href });

    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/^wikibot: .*"no_such_database" does not exist\.\n.*DATABASE_URL.*\n$/);
  });
});
