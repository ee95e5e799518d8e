import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GitRunner } from '@lib/git';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseFinding, examineMachine } from './machine-check.js';

const gitThatSays = (code: number, stdout: string) =>
  ({
    run: () => Promise.resolve({ code, stdout: Buffer.from(stdout), stderr: '' }),
    close: () => Promise.resolve(),
  }) as unknown as GitRunner;

describe('what the doctor looks at before any wiki', () => {
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'wikibot-machine-'));
  });
  afterAll(() => rm(dataDir, { recursive: true }));

  it.each([
    ['too old', 0, 'git version 2.11.0\n', /needs .*2\.39 or newer; this is 2\.11\.0/],
    ['not there', 127, '', /needs .*none was found/],
  ])('a git that is %s is named with what to do, and the rest is looked at too', async (_how, code, said, detail) => {
    const [git, ...rest] = await examineMachine({ dataDir }, gitThatSays(code, said));

    expect(git).toMatchObject({ subject: 'git', ok: false, mend: expect.stringContaining('Install') as string });
    expect(git?.detail).toMatch(detail);
    expect(rest).toMatchObject([
      { subject: 'data folder', ok: true },
      { subject: 'disk', ok: true },
    ]);
  });

  it('makes a data folder that is not there yet', async () => {
    const findings = await examineMachine({ dataDir: join(dataDir, 'new') });

    expect(findings.every(({ ok }) => ok)).toBe(true);
  });

  it('a database that fails in a way nobody foresaw is told in its own words', () => {
    const finding = databaseFinding(new Error('PostgreSQL did not start (no answer in a minute): FATAL'));

    expect(finding).toMatchObject({ ok: false, detail: expect.stringContaining('FATAL') as string });
    expect(finding.mend).toContain('db.log');
  });
});
