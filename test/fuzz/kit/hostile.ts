import fc from 'fast-check';

const texts = [
  ...['', ' ', '\0', 'a\0b', '\ud800', '\udfff\ud800', '\ufeff', '\u202e', '\u200b', 'a\r\nb: c', '%00', '%ff', '%'],
  ...[
    '../../etc/passwd',
    '..',
    '.',
    '/',
    '//',
    '\\',
    'CON',
    '.git/config',
    'a/.git/b',
    '-',
    '--upload-pack=x',
    '~wiki',
  ],
  ...[
    `' OR 1=1 --`,
    '"; DROP TABLE pages',
    '$1',
    '${7*7}',
    '{{7*7}}',
    '<script>alert(1)</script>',
    '[[a|b]]',
    '[[',
    '`',
  ],
  ...['__proto__', 'constructor', 'toString', 'NaN', 'Infinity', '1e999', '0x10', '-0', '9007199254740993', 'null'],
  ...['refs/heads/main', 'HEAD~1', 'main@{1}', '0000000000000000000000000000000000000000', 'abcdef0', '^', ':/x'],
  ...[
    'é',
    'e\u0301',
    'İ',
    'ß',
    '👩‍👩‍👧‍👦',
    '\u{e0041}\u{e0042}',
    'ａ',
    '９',
    'Ω'.repeat(300),
    'a/'.repeat(200),
    '---\na: &x [*x]\n---\n',
  ],
  ...[
    '*'.repeat(3000),
    '['.repeat(2000),
    '(a+)+$',
    '\\u0000',
    'x'.repeat(20_000),
    '2026-13-45',
    '2026-02-30T00:00:00Z',
  ],
  ...[
    '+275760-09-13T00:00:00.001Z',
    '-000001-01-01T00:00:00Z',
    'today',
    'Home',
    'Allowed/In',
    'a.txt',
    'a@b.c',
    'rm -rf $HOME',
  ],
];

/** Texts that have broken somebody's server before. */
export const hostileText = fc.oneof(fc.constantFrom(...texts), fc.string({ unit: 'binary', maxLength: 60 }));

const numbers = [0, -0, -1, 1.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, -(2 ** 63), 1e21, 1e308, -1e308, Number.MIN_VALUE];

const nested = (depth: number): unknown =>
  depth === 0 ? 'deep' : depth % 2 === 0 ? [nested(depth - 1)] : { a: nested(depth - 1) };

/** A value of whatever type. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: hostileText, weight: 4 },
  fc.constantFrom<unknown>(...numbers),
  fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { a: null }, { __proto__: null, length: -1 }),
  fc.constantFrom(...[3, 17, 200].map(nested)),
  fc.json({ maxDepth: 3 }).map((text): unknown => JSON.parse(text)),
  fc.array(hostileText, { maxLength: 3 }),
);

/** Values of headers: what no client can send at all is left out. */
export const hostileHeader = hostileText.map((text) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, 2000));
