import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCommandLine } from '../kit/command-line.js';

interface Report {
  ok: boolean;
  findings: { subject: string; ok: boolean; detail: string; mend?: string }[];
}

describe('the doctor on a machine where something is missing', { timeout: 120_000 }, () => {
  let line: Awaited<ReturnType<typeof aCommandLine>>;

  beforeAll(async () => {
    line = await aCommandLine();
    expect((await line.run(['user', 'add', 'alice'])).code).toBe(0);
    expect((await line.run(['wiki', 'create', '@alice/notes'])).code).toBe(0);
  });
  afterAll(() => line?.remove());

  const examine = async (variables: Record<string, string> = {}) => {
    const run = await line.run(['--json', 'doctor'], { variables });
    const report = JSON.parse(run.stdout || '{"findings":[]}') as Report;
    const bad = report.findings.filter(({ ok }) => !ok);
    return { run, report, bad };
  };

  it('finds nothing on a machine that is well, and says what it looked at', async () => {
    const { run, report } = await examine();

    expect(run.code, run.stderr).toBe(0);
    expect(report.ok).toBe(true);
    expect(report.findings.map(({ subject }) => subject)).toEqual([
      'git',
      'data folder',
      'disk',
      'database',
      'search by meaning',
      '@alice/notes',
    ]);
  });

  it.each(['127.0.0.1:1', 'nowhere.invalid:5432'])('names a database that cannot be reached at %s', async (host) => {
    const variables = { DATABASE_URL: `postgres://someone:s3cret@${host}/wiki` };
    const { run, report, bad } = await examine(variables);

    expect(run.code, run.stderr).toBe(4);
    expect(report.ok).toBe(false);
    expect(bad).toEqual([
      {
        subject: 'database',
        ok: false,
        detail: expect.stringMatching(/^The database cannot be reached/) as string,
        mend: expect.stringContaining('DATABASE_URL') as string,
      },
    ]);
    expect(run.stdout + run.stderr).not.toContain('s3cret');
  });

  it('names a database that is not there', async () => {
    const url = new URL(line.databaseUrl);
    url.pathname = '/no_such_database';
    const { run, bad } = await examine({ DATABASE_URL: url.href });

    expect(run.code).toBe(4);
    expect(bad).toMatchObject([{ subject: 'database', detail: expect.stringContaining('no_such_database') as string }]);
  });

  it('names a data folder that cannot be one, and goes on with the rest', async () => {
    const file = join(line.folder, 'a-file');
    await writeFile(file, '');
    const { run, report, bad } = await examine({ DATA_DIR: join(file, 'data') });

    expect(run.code, run.stderr).toBe(4);
    expect(bad).toMatchObject([{ subject: 'data folder', mend: expect.stringContaining(file) as string }]);
    expect(report.findings).toContainEqual(expect.objectContaining({ subject: 'git', ok: true }));
  });

  it('tells people in lines of text', async () => {
    const run = await line.run(['doctor'], { variables: { DATABASE_URL: 'postgres://someone@127.0.0.1:1/wiki' } });

    expect(run.code).toBe(4);
    expect(run.stdout).toMatch(/ok {2}git: version [^]*!! {2}database: [^\n]*\n {6}\S[^]*1 to mend\./);
  });
});
