import { headingsOf } from './headings.js';

const pathsOf = (text: string): string[] => headingsOf(text).map(({ path }) => path);

describe('headingsOf', () => {
  it.each([
    ['# A', 1, 'A'],
    ['###### A', 6, 'A'],
    ['#\tA', 1, 'A'],
    ['#   A   ', 1, 'A'],
    ['## Title ##', 2, 'Title'],
    ['## Title #', 2, 'Title'],
    ['# C#', 1, 'C#'],
    ['## C# Programming', 2, 'C# Programming'],
    ['## C# ##', 2, 'C#'],
    ['# A `b` *c*', 1, 'A `b` *c*'],
    ['# 東京', 1, '東京'],
  ])('%j is a heading', (line, level, text) => {
    expect(headingsOf(`${line}\nbody`)).toMatchObject([{ level, text, line: 1, start: 0, end: line.length }]);
  });

  it.each([
    '#A',
    '####### A',
    ' # A',
    '   # A',
    '\t# A',
    '#',
    '# ',
    '## ##',
    'A\n===',
    'A\n---',
    '> # A',
    '- # A',
    '\\# A',
    '```\n# A\n```',
    '~~~~\n# A\n~~~\n# A\n~~~~',
    '```\n# A\n~~~\n# A',
    '<!--\n# A\n-->',
    '---\n# A: b\nc: d\n---\n',
  ])('%j holds none', (text) => {
    expect(headingsOf(text)).toEqual([]);
  });

  it('goes on below a fence', () => {
    expect(pathsOf('# A\n```\n# no\n```\n# B')).toEqual(['A', 'B']);
    expect(pathsOf('# A\n- x\n# B')).toEqual(['A', 'B']);
    expect(pathsOf('para\n# A\npara')).toEqual(['A']);
  });

  it('builds paths from the headings above, whatever levels are skipped', () => {
    expect(pathsOf('# A\n### B\n## C\n#### D\n# E\n## F')).toEqual(['A', 'A > B', 'A > C', 'A > C > D', 'E', 'E > F']);
    expect(pathsOf('### A\n## B\n# C')).toEqual(['A', 'B', 'C']);
  });

  it('cuts a title in the paths below it, so that they stay short', () => {
    const [long, below] = headingsOf(`# ${'x'.repeat(5000)}\n## B`);

    expect(long?.text).toHaveLength(5000);
    expect(below?.path).toBe(`${'x'.repeat(200)} > B`);
  });

  it('says where headings stand in the whole text, frontmatter and line breaks of Windows included', () => {
    const text = '---\r\ntitle: x\r\n---\r\nintro\r\n\r\n## B\r\nx\r\n';

    const [heading] = headingsOf(text);

    expect(heading?.line).toBe(6);
    expect(text.slice(heading?.start, heading?.end)).toBe('## B');
  });
});
