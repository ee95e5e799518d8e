import fc from 'fast-check';
import { attachmentFile, attachmentName } from './attachment-path.js';
import { fileOf, pageOfFile, pagePath, readablePath } from './page-path.js';
import { WikiError } from './wiki-errors.js';

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof WikiError && error.code === 'path-not-allowed') return error.message;
    throw error;
  }
  return 'allowed';
}

describe('pagePath', () => {
  it.each([
    'Home',
    'Actors/Iran',
    'Meta/Wiki Usage Guide',
    'v1.2/Release notes',
    'C#',
    "page's title",
    '100%',
    'a..b',
    'API',
    'notes/api',
    '東京/地下鉄',
    'می‌خواهم',
    '👩‍👩‍👧 family',
    '❤️',
    '.hidden'.slice(1),
  ])('allows %s as it is', (path) => {
    expect(pagePath(path)).toBe(path);
  });

  it('composes a decomposed name', () => {
    expect(pagePath('Cafe\u0301')).toBe('Café');
  });

  it.each([
    ['', 'empty'],
    ['/Home', 'begins with a slash'],
    ['Home/', 'segment is empty'],
    ['A//B', 'segment is empty'],
    ['.', 'is not a name'],
    ['A/../B', 'is not a name'],
    ['A\0B', 'control character'],
    ['A\nB', 'control character'],
    ['A\u0085B', 'control character'],
    ['A\u2028B', 'control character'],
    ['A\\B', 'a backslash'],
    ['A<B', 'contains <'],
    ['A>B', 'contains >'],
    ['A:B', 'contains :'],
    ['A"B', 'contains "'],
    ['A|B', 'contains |'],
    ['A?B', 'contains ?'],
    ['A*B', 'contains *'],
    [' A', 'blank or a dot'],
    ['A ', 'blank or a dot'],
    ['A\u00a0', 'blank or a dot'],
    ['.hidden', 'blank or a dot'],
    ['A./B', 'blank or a dot'],
    ['-', 'reserved'],
    ['-/edit', 'reserved'],
    ['api/v1', 'reserved'],
    ['mcp', 'reserved'],
    ['.well-known/x', 'reserved'],
    ['Home.md', 'without its ending'],
    ['Home.MD', 'without its ending'],
    ['invoice\u202Efdp', 'direction of text'],
    ['a\u200Bb', 'invisible'],
    ['a\u00ADb', 'invisible'],
    ['a\u3164b', 'invisible'],
    ['a\u{E0041}b', 'invisible'],
    ['Aa\uFE0F', 'invisible'],
    ['a\uFFFD', 'not valid UTF-8'],
    ['a\uD800', 'not valid UTF-8'],
  ])('refuses %j: %s', (path, reason) => {
    expect(refusal(() => pagePath(path))).toContain(reason);
  });

  it.each(['.git', '.GIT', 'x/.Git/config', 'git~1', 'GIT~1', '.git.', '.git ', '.git . .', '.git::$INDEX_ALLOCATION'])(
    'refuses %j, which some file system takes for .git',
    (path) => {
      expect(refusal(() => pagePath(path))).toContain('mistaken for .git');
    },
  );

  it('refuses .git hidden behind the joiners it allows elsewhere', () => {
    expect(refusal(() => pagePath('.g\u200Cit'))).toContain('mistaken for .git');
    expect(refusal(() => pagePath('.gi\u200Dt'))).toContain('mistaken for .git');
  });

  it('counts the ending .md, so that every clone can check the page out', () => {
    expect(pagePath('a'.repeat(252))).toHaveLength(252);
    expect(refusal(() => pagePath('a'.repeat(253)))).toContain('longer than 255 bytes');
    expect(refusal(() => pagePath('東'.repeat(85)))).toContain('longer than 255 bytes');
  });

  it('refuses more than 32 levels and more than 1024 bytes', () => {
    const levels = (count: number): string => Array.from({ length: count }, () => 'a').join('/');
    const long = Array.from({ length: 5 }, () => 'a'.repeat(220)).join('/');

    expect(pagePath(levels(32))).toHaveLength(63);
    expect(refusal(() => pagePath(levels(33)))).toContain('more than 32 levels');
    expect(refusal(() => pagePath(long))).toContain('longer than 1024 bytes');
  });

  it('shows the refused name without anything a terminal would obey', () => {
    const message = refusal(() => pagePath('a\u001b[2J\u202Eb'));

    expect(message).toContain('\\u{1b}[2J\\u{202e}');
    expect(message).not.toMatch(/[\u001b\u202E]/);
  });

  it('takes or refuses any text, and what it takes it takes again unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        if (refusal(() => pagePath(text)) !== 'allowed') return;
        const path = pagePath(text);
        expect(pagePath(path)).toBe(path);
        expect(readablePath(path)).toBe(path);
        expect(pageOfFile(fileOf(path))).toBe(path);
      }),
    );
  });
});

describe('readablePath', () => {
  it.each(['.hidden', 'a:b', 'What?', 'api/x', 'A ', 'a\\b', '-/x', 'Home.md'])('reads the odd name %j', (path) => {
    expect(readablePath(path)).toBe(path);
  });

  it.each(['', '/a', 'a/', 'a//b', '..', 'a/../b', '..\\..\\etc', './a', 'a\0', 'a'.repeat(5000)])(
    'refuses %j',
    (path) => {
      expect(refusal(() => readablePath(path))).not.toBe('allowed');
    },
  );
});

describe('pageOfFile', () => {
  it.each([
    ['Home.md', 'Home'],
    ['A/B.md', 'A/B'],
    ['Home.md.md', 'Home.md'],
    ['A/B.png', null],
    ['A/B.MD', null],
    ['.md', null],
    ['A/.md', null],
  ])('%s holds page %s', (file, page) => {
    expect(pageOfFile(file)).toBe(page);
  });
});

describe('attachmentName', () => {
  it('keeps blanks and letters of every script', () => {
    expect(attachmentName('Bild 1 größer.png')).toBe('Bild 1 größer.png');
    expect(attachmentFile('A/B', 'x.png')).toBe('A/B/x.png');
  });

  it.each(['', '../x', 'a/b.png', '..', 'x\\y', '.git', 'page.md', 'PAGE.MD', ' x', 'x\u202Egnp.exe', 'a'.repeat(256)])(
    'refuses %j',
    (name) => {
      expect(refusal(() => attachmentName(name))).not.toBe('allowed');
    },
  );
});
