import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it, onTestFinished } from 'vitest';
import { zipArchive, type ZipEntry } from './zip-archive.js';

const changed = new Date('2026-11-28T12:34:56Z');

async function* given(entries: ZipEntry[]) {
  yield* entries;
}

async function archive(entries: ZipEntry[], date = changed): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of zipArchive(given(entries), date)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const file = (path: string, bytes: Buffer): ZipEntry => ({ path, bytes, mode: '100644' });

/** What another reader of zip archives makes of it. */
function inPython(zip: Buffer): { name: string; mode: number; date: number[] }[] {
  const folder = mkdtempSync(join(tmpdir(), 'wikibot-zip-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'a.zip'), zip);
  const code = `import json,sys,zipfile
z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None
print(json.dumps([dict(name=i.filename,mode=i.external_attr>>16,date=i.date_time) for i in z.infolist()]))`;
  return JSON.parse(execFileSync('python3', ['-c', code, join(folder, 'a.zip')], { encoding: 'utf8', maxBuffer: 1e9 }));
}

describe('a zip archive', () => {
  it('holds files as they are, under their names, with mode and date', async () => {
    const noise = Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 7_919) % 251));
    const entries = [
      file('Über/Ähre 😀.md', Buffer.from('# Ähre\n'.repeat(500))),
      file('empty.md', Buffer.alloc(0)),
      { ...file('run.sh', noise), mode: '100755' },
    ];
    const zip = await archive(entries);

    const read = unzipSync(zip);
    for (const { path, bytes } of entries) expect(Buffer.from(read[path] ?? []).equals(bytes), path).toBe(true);
    expect(inPython(zip)).toEqual([
      { name: 'Über/Ähre 😀.md', mode: 0o100644, date: [2026, 11, 28, 12, 34, 56] },
      { name: 'empty.md', mode: 0o100644, date: [2026, 11, 28, 12, 34, 56] },
      { name: 'run.sh', mode: 0o100755, date: [2026, 11, 28, 12, 34, 56] },
    ]);
    expect((await archive(entries)).equals(zip)).toBe(true);
  });

  it('has as many files as there are, also more than 65,535', async () => {
    const many = Array.from({ length: 65_600 }, (_, at) => file(`${at}.md`, Buffer.alloc(0)));
    const names = inPython(await archive(many)).map(({ name }) => name);
    expect(names).toHaveLength(65_600);
    expect(names.at(-1)).toBe('65599.md');
  });

  it('takes a date before 1980 for the first one there is', async () => {
    expect(inPython(await archive([file('a', Buffer.from('a'))], new Date(0)))[0]?.date).toEqual([1980, 1, 1, 0, 0, 0]);
  });
});
