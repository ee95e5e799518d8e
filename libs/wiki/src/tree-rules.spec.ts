import { checkTree, type TreeEntry } from './tree-rules.js';

const file = (path: string, size?: number): TreeEntry => ({
  path,
  mode: '100644',
  ...(size === undefined ? {} : { size }),
});
const refusalsOf = (...entries: TreeEntry[]): string => checkTree(entries).refusals.join('\n');

describe('checkTree', () => {
  it('accepts pages, folders and files of every script', () => {
    const verdict = checkTree([
      file('Home.md'),
      file('A/B.md'),
      file('A/B/plan ü.png'),
      { path: 'run.sh', mode: '100755' },
    ]);

    expect(verdict).toEqual({ refusals: [], odd: [] });
  });

  it('refuses symbolic links and submodules', () => {
    expect(refusalsOf({ path: 'x.md', mode: '120000' })).toContain('symbolic link');
    expect(refusalsOf({ path: 'vendor', mode: '160000' })).toContain('submodule');
  });

  it.each([
    'a/.git/config',
    'a/.GIT/config',
    'git~1/config',
    '.git./x',
    '.git /x',
    '.git::$INDEX_ALLOCATION/x',
    'a/.g\u200Cit/x',
    'a/.gi\uFEFFt/x',
    'a\\.git\\config',
    '.gitmodules',
    'sub/.GITMODULES',
    'gitmod~1',
    'GI7EBA~2',
  ])('refuses %j', (path) => {
    expect(refusalsOf(file(path))).not.toBe('');
  });

  it.each(['a\nb.md', 'a\u001b[31m.md', 'a\u202Eb.md', 'a\u200Fb.md', 'a\uFFFD.md', 'a/../b.md', 'a//b.md'])(
    'refuses %j and prints it harmlessly',
    (path) => {
      const refusals = refusalsOf(file(path));

      expect(refusals).not.toBe('');
      expect(refusals).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202E\u200F]/);
    },
  );

  it('refuses names that are too long or too deep', () => {
    expect(refusalsOf(file(`${'a'.repeat(253)}.md`))).toContain('longer than 255 bytes');
    expect(refusalsOf(file(Array.from({ length: 40 }, () => 'a').join('/')))).toContain('32 levels');
    expect(refusalsOf(file('a/'.repeat(300_000) + 'b'))).toContain('32 levels');
  });

  it('refuses twins of files and of folders, once each', () => {
    expect(refusalsOf(file('Home.md'), file('home.md'))).toContain('"home.md" and "Home.md"');
    expect(refusalsOf(file('Cafe\u0301.md'), file('Café.md'))).toContain('same name');

    const folders = checkTree([file('A/x.md'), file('A/y.md'), file('a/x.md'), file('a/z.md')]);
    expect(folders.refusals).toEqual([expect.stringContaining('"a" and "A"')]);
  });

  it('refuses a page over 1 MiB and a file over 10 MiB, at the byte', () => {
    expect(refusalsOf(file('a.md', 1_048_576), file('a.bin', 10_485_760))).toBe('');
    expect(refusalsOf(file('a.md', 1_048_577))).toContain('1048577 bytes; a page may have 1048576');
    expect(refusalsOf(file('a.bin', 10_485_761))).toContain('a file may have 10485760');
  });

  it.each(['What?.md', 'a:b.md', '.hidden.md', 'api/x.md', 'mcp.md', 'A /b.png', 'a\u200Bb.md', 'Cafe\u0301.md'])(
    'reports the odd name %j and does not refuse it',
    (path) => {
      const verdict = checkTree([file(path)]);

      expect(verdict.refusals).toEqual([]);
      expect(verdict.odd).toEqual([{ path, reason: expect.any(String) }]);
    },
  );

  it('lets what was there before stay, but nothing new beside it', () => {
    const before = [file('a\u202E.md'), file('Home.md'), file('home.md')];

    expect(checkTree([...before, file('new.md')], { changed: new Set(['new.md']) }).refusals).toEqual([]);
    expect(checkTree([...before, file('hOME.md')], { changed: new Set(['hOME.md']) }).refusals).toHaveLength(1);
  });

  it('stops at the walk budget, and counts refusals beyond the twentieth', () => {
    function* endless(): Generator<TreeEntry> {
      for (let i = 0; ; i++) yield { path: `link${i}`, mode: '120000' };
    }

    const { refusals } = checkTree(endless(), { limits: { entries: 1000 } });

    expect(refusals).toHaveLength(21);
    expect(refusals.at(-1)).toBe('And 981 more.');
  });
});
