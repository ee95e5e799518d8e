import fc from 'fast-check';
import { headingsOf } from '@lib/markdown';
import { findSection, replaceSection } from './sections.js';
import { WikiError } from './wiki-errors.js';

const page = [
  '---\ntitle: x\n---\n',
  'Preamble.\n\n',
  '# Background\n\ntop\n\n',
  '# Alpha\n\nintro\n\n',
  '## Background\n\nbelow alpha\n\n',
  '### Deep\n\ndeepest\n\n',
  '# Beta\n\n',
  '## Notes\n\none\n\n',
  '## Notes\n\ntwo\n',
].join('');

function refusal(act: () => unknown): WikiError {
  try {
    act();
  } catch (error) {
    if (error instanceof WikiError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('findSection', () => {
  it.each([
    ['Alpha', 'Alpha'],
    ['alpha', 'Alpha'],
    [' ALPHA ', 'Alpha'],
    ['Background', 'Background'],
    ['Alpha > Background', 'Alpha > Background'],
    ['Background > Deep', 'Alpha > Background > Deep'],
    ['Deep', 'Alpha > Background > Deep'],
    ['#deep', 'Alpha > Background > Deep'],
    ['#background-1', 'Alpha > Background'],
    ['#notes-1', 'Beta > Notes'],
  ])('finds %j as %s', (query, path) => {
    expect(findSection(page, query).path).toBe(path);
  });

  it('prefers an exact full path to the end of another', () => {
    expect(findSection(page, 'Background').text).toBe('# Background\n\ntop\n\n');
  });

  it('gives the heading, sub-sections included, up to the next heading of the same or a higher level', () => {
    expect(findSection(page, 'Alpha > Background')).toMatchObject({
      title: 'Background',
      level: 2,
      line: 14,
      text: '## Background\n\nbelow alpha\n\n### Deep\n\ndeepest\n\n',
    });
    expect(findSection(page, '#notes-1').text).toBe('## Notes\n\ntwo\n');
  });

  it('lists all sections when none fits; a path with a gap does not', () => {
    const { code, message, extra } = refusal(() => findSection(page, 'Alpha > Deep'));

    expect(code).toBe('section-not-found');
    expect(message).toMatch(
      /^Section not found: 'Alpha > Deep'\. Available sections:\n {2}- Background\n {2}- Alpha\n/,
    );
    expect(extra['sections']).toHaveLength(7);
  });

  it('lists only the candidates when several fit, with the anchors that tell them apart', () => {
    const { message, extra } = refusal(() => findSection('# A\n## N\n# B\n## N\n## N\n', 'N'));

    expect(message).toBe("Section not found: 'N'. Available sections:\n  - A > N\n  - B > N (#n-1)\n  - B > N (#n-2)");
    expect(extra['sections']).toEqual(['A > N', 'B > N', 'B > N']);
  });

  it('says so when a page has no sections, and lists no more than 500', () => {
    expect(refusal(() => findSection('text', 'A')).message).toBe("Section not found: 'A'. This page has no sections.");
    expect(refusal(() => findSection('# a\n'.repeat(20_000), 'x')).message.split('\n')).toHaveLength(501);
  });

  it('has no section for an empty query', () => {
    expect(refusal(() => findSection(page, '')).code).toBe('section-not-found');
  });

  it('takes a title that contains the sign of a path', () => {
    expect(findSection('# A > B\n\nx\n', 'a > b').title).toBe('A > B');
  });
});

describe('replaceSection', () => {
  it.each([
    ['keeps the heading', '# A\n\nold\n\n# B\n', 'A', 'new', '# A\n\nnew\n\n# B\n'],
    ['keeps the distances', '# A\nold\n# B\n', 'A', 'new', '# A\nnew\n# B\n'],
    ['takes a heading of the new text', '# A\n\nold\n\n# B\n', 'A', '# C\n\nnew\n', '# C\n\nnew\n\n# B\n'],
    ['drops blank lines around the new text', '# A\n\nold\n\n# B\n', 'A', '\n\n  new\n\n\n', '# A\n\n  new\n\n# B\n'],
    ['fills an empty section', '# A\n# B\n', 'A', 'new', '# A\n\nnew\n# B\n'],
    ['fills the last section', '# A', 'A', 'new', '# A\n\nnew'],
    ['ends as the new text does at the end', '# A\n\nold', 'A', 'new\n', '# A\n\nnew\n'],
    ['empties a section', '# A\n\nold\n\n# B\n', 'A', '', '# A\n\n# B\n'],
    ['replaces sub-sections too', '# A\n\n## S\n\nx\n\n# B\n', 'A', 'new', '# A\n\nnew\n\n# B\n'],
    [
      'takes the line breaks of the page',
      '# A\r\n\r\nold\r\n\r\n# B',
      'B',
      'x\ny',
      '# A\r\n\r\nold\r\n\r\n# B\r\n\r\nx\r\ny',
    ],
    ['does not take a tag for a heading', '# A\n\nold\n', 'A', '#tag', '# A\n\n#tag\n'],
  ])('%s', (_, text, query, fresh, expected) => {
    expect(replaceSection(text, query, fresh)).toBe(expected);
  });

  it('changes no byte outside the section', () => {
    const piece = fc.constantFrom('# A', '## B', '### C', 'text', '```', '', ' ', '- x', '---', 'a: b', '#', '> q');
    const lineBreak = fc.constantFrom('\n', '\r\n');
    const text = fc.array(fc.tuple(piece, lineBreak), { maxLength: 20 }).map((lines) => lines.flat().join(''));
    fc.assert(
      fc.property(text, fc.string({ maxLength: 20 }), fc.nat(), (whole, fresh, choice) => {
        const headings = headingsOf(whole);
        const heading = headings[choice % Math.max(1, headings.length)];
        if (heading === undefined) return;
        const { start, end } = findSection(whole, `#${heading.slug}`);

        const replaced = replaceSection(whole, `#${heading.slug}`, fresh);

        expect(replaced.slice(0, start)).toBe(whole.slice(0, start));
        expect(replaced.endsWith(whole.slice(end))).toBe(true);
        expect(replaced.length).toBeGreaterThanOrEqual(start + whole.length - end);
      }),
      { numRuns: 1000 },
    );
  });
});
