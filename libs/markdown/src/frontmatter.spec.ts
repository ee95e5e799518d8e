import fc from 'fast-check';
import { parseFrontmatter } from './frontmatter.js';

describe('parseFrontmatter', () => {
  it.each([
    ['---\ntitle: x\n---\nb', { title: 'x' }, 'b'],
    ['---\ntitle: x\n---', { title: 'x' }, ''],
    ['---\r\ntitle: x\r\n---\r\nb', { title: 'x' }, 'b'],
    ['--- \ntitle: x\n--- \nb', { title: 'x' }, 'b'],
    ['---\t\ntitle: x\n---\t\nb', { title: 'x' }, 'b'],
    ['\uFEFF---\ntitle: x\n---\nb', { title: 'x' }, 'b'],
    ['---\rtitle: x\r---\rb', { title: 'x' }, 'b'],
    ['---\n---\nb', null, '---\n---\nb'],
    ['---\n# nothing yet\n---\nb', null, '---\n# nothing yet\n---\nb'],
    ['---\n- a\n---\nb', null, '---\n- a\n---\nb'],
    ['---\ntitle: [x\n---\nb', null, '---\ntitle: [x\n---\nb'],
    ['\n---\ntitle: x\n---\nb', null, '\n---\ntitle: x\n---\nb'],
    ['---\ntitle: x', null, '---\ntitle: x'],
    ['----\ntitle: x\n----\nb', null, '----\ntitle: x\n----\nb'],
    ['---\ntitle: x\n...\nb', null, '---\ntitle: x\n...\nb'],
    ['---\ntitle: x\n ---\nb', null, '---\ntitle: x\n ---\nb'],
    ['---\ndate: 2026-01-02\n---\nb', { date: '2026-01-02' }, 'b'],
    ['--- x\ntitle: x\n---\nb', null, '--- x\ntitle: x\n---\nb'],
    ['', null, ''],
    ['---', null, '---'],
  ])('%j', (text, data, body) => {
    const read = parseFrontmatter(text);

    expect(read.data).toEqual(data);
    expect(read.body).toBe(body);
    expect(text.slice(read.bodyStart)).toBe(body);
  });

  it('says on which line the body begins, whatever the line breaks', () => {
    expect(parseFrontmatter('---\ntitle: x\n---\n# A').bodyLine).toBe(4);
    expect(parseFrontmatter('---\r\ntitle: x\r\n---\r\n# A').bodyLine).toBe(4);
    expect(parseFrontmatter('# A').bodyLine).toBe(1);
  });

  it('keeps the order of the author, numbers among the keys included', () => {
    const { order } = parseFrontmatter('---\nzebra: 1\n2: b\napple: 2\n1: a\n---\n');

    expect(order).toEqual(['zebra', '2', 'apple', '1']);
  });

  it('takes the names of prototypes as keys like any other', () => {
    const { data } = parseFrontmatter('---\n__proto__: {polluted: true}\nconstructor: x\n---\n');

    expect(Object.keys(data ?? {})).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(JSON.stringify(data)).toBe('{"__proto__":{"polluted":true},"constructor":"x"}');
  });

  it('executes and converts no tag', () => {
    const text =
      '---\na: !!js/function "function(){}"\nb: !!python/object:x {y: 1}\nc: !!binary aGk=\nd: !!timestamp 2026-01-02\n---\n';

    expect(parseFrontmatter(text).data).toEqual({ a: 'function(){}', b: { y: 1 }, c: 'aGk=', d: '2026-01-02' });
  });

  it('gives values that JSON and databases take: big integers, infinities, NUL and half characters as text', () => {
    const { data } = parseFrontmatter('---\nn: 12345678901234567890\ni: .inf\nz: "a\\0b"\ns: "\\uD800"\n---\n');

    expect(data).toEqual({ n: '12345678901234567890', i: '.inf', z: 'a\uFFFDb', s: '\uFFFD' });
  });

  it('takes the last of two equal keys', () => {
    expect(parseFrontmatter('---\na: 1\na: 2\n---\n').data).toEqual({ a: 2 });
  });

  it('resolves aliases, but no bomb of them', () => {
    const bomb = ['a0: &a0 [x, x]', ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`)];

    expect(parseFrontmatter('---\na: &x [1]\nb: *x\n---\n').data).toEqual({ a: [1], b: [1] });
    expect(parseFrontmatter(`---\n${bomb.join('\n')}\n---\n`)).toMatchObject({
      data: null,
      problem: 'The frontmatter uses more than 50 aliases.',
    });
  });

  it.each([
    ['title: [x\n', 'not valid YAML (line'],
    ['a: *nobody\n', 'an alias that nothing is named by'],
    ['a: b\0\n', 'a NUL character'],
    [`a: ${'x'.repeat(17_000)}\n`, 'longer than 16 KB'],
    [`a: ${'['.repeat(8000)}\n`, 'deeper than 16 levels'],
    [`a: ${'['.repeat(17)}${']'.repeat(17)}\n`, 'deeper than 16 levels'],
    [`${'- '.repeat(8000)}\n`, 'deeper than 16 levels'],
    ['just text\n', 'not a list of keys'],
    ['a: 1\n...\nb: 2\n', 'not valid YAML'],
  ])('leaves a bad block in the page and says why: %#', (block, problem) => {
    const text = `---\n${block}---\nb`;
    const read = parseFrontmatter(text);

    expect(read).toMatchObject({ data: null, body: text, raw: '' });
    expect(read.problem).toContain(problem);
    expect(read.problem?.length).toBeLessThan(300);
  });

  it('reads the keys of an archived page', () => {
    const text = '---\narchived: true\nsource: Area/Subject\ndate: 2026-01-31\nnote: "moved: see below"\n---\n';

    expect(parseFrontmatter(text).data).toEqual({
      archived: true,
      source: 'Area/Subject',
      date: '2026-01-31',
      note: 'moved: see below',
    });
  });

  it('takes only `---` behind a line break for the end', () => {
    expect(parseFrontmatter('---\na: x\u2028---\nb: y\n---\nc').body).toBe('c');
  });

  it('makes no more values than 50 aliases of a whole block can hold', () => {
    const many = Array.from({ length: 300 }, () => '*a').join(', ');
    const wide = `a: &a [${'x, '.repeat(2000)}x]\nb: [${many}]\n`;
    const within = `a: &a [${'x, '.repeat(2000)}x]\nb: [${Array.from({ length: 50 }, () => '*a').join(', ')}]\n`;
    const loop = 'a: &a\n  b: *a\n';

    expect(parseFrontmatter(`---\n${wide}---\n`).problem).toContain('more than 50 aliases');
    expect(JSON.stringify(parseFrontmatter(`---\n${within}---\n`).data).length).toBeLessThan(410_000);
    expect(parseFrontmatter(`---\n${loop}---\n`)).toMatchObject({ data: null, problem: expect.any(String) });
  });

  it('reads thousands of keys, equal ones too, and refuses 50,000 by their size', () => {
    const keys = (count: number, name: (i: number) => string) =>
      parseFrontmatter(`---\n${Array.from({ length: count }, (_, i) => `${name(i)}: 1\n`).join('')}---\nb`);

    expect(Object.keys(keys(1500, (i) => `k${i}`).data ?? {})).toHaveLength(1500);
    expect(keys(3000, () => 'k').data).toEqual({ k: 1 });
    expect(keys(50_000, (i) => `k${i}`).problem).toBe('The frontmatter is longer than 16 KB.');
  });

  it.each([
    '[',
    '{',
    '- ',
    '? ',
    ': ',
    '&a ',
    '*a ',
    '!a ',
    '"',
    "'",
    '|\n',
    '>\n',
    '#',
    'a: ',
    '\n ',
    '[]',
    '{}',
    '%',
    '!!js ',
  ])('comes to an end soon with nothing but %j', (piece) => {
    const block = piece.repeat(Math.floor(16_000 / piece.length));
    const read = parseFrontmatter(`---\na: ${block}\n---\nb`);

    expect(read.data !== null || read.problem !== null).toBe(true);
  });

  it('is silent about an empty block', () => {
    expect(parseFrontmatter('---\n---\nb').problem).toBeNull();
  });

  it('never throws and loses nothing, whatever stands between the lines', () => {
    const piece = fc.constantFrom(
      '- ',
      ': ',
      '&a ',
      '*a ',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '|',
      '>',
      '\n',
      '  ',
      '!',
      '%',
      'a',
      '#',
      '?',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = `---\n${pieces.join('')}\n---\nbody`;
        const read = parseFrontmatter(text);
        expect(text.slice(0, read.bodyStart) + read.body).toBe(text);
        expect(read.data === null ? '' : `---\n${read.raw}---\n`).toBe(text.slice(0, read.bodyStart));
        expect(() => JSON.stringify(read.data)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });
});
