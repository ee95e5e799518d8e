import { merge3 } from '@lib/git';
import { defaultCategories } from './categories.js';
import { guideBase, guideIsOutdated, isGeneratedGuide, refreshGuide, type TextMerge } from './guide-refresh.js';
import { parseFrontmatter } from '@lib/markdown';
import { starterPages } from './starter-pages.js';
import type { StarterOptions } from './starter-options.js';
import { guidePath } from './starter-paths.js';

const options: StarterOptions = {
  name: 'Middle East',
  purpose: 'Follow who acts and why',
  categories: defaultCategories,
  linkOrder: 'target-first',
  tools: [{ name: 'read_note', summary: 'Read one page.' }],
};
const moreTools: StarterOptions = { ...options, tools: [...options.tools, { name: 'edit_note', summary: 'Edit.' }] };

const guide = (given: StarterOptions): string =>
  starterPages(given).find(({ path }) => path === guidePath)?.content ?? '';

const withAddition = (text: string): string =>
  text
    .replace('- Names keep case', '- Name battles by place and year.\n- Names keep case')
    .concat('\n## Ours\n\nAsk Ada first.\n');

/** Takes one side when the other is the base, and gives up otherwise. */
const simpleMerge: TextMerge = (base, ours, theirs) => {
  if (ours === base) return { clean: true, text: theirs };
  return theirs === base || theirs === ours ? { clean: true, text: ours } : { clean: false, conflicts: 1 };
};

function refreshed(base: string | null, current: string, to: StarterOptions, merge: TextMerge = merge3): string {
  const result = refreshGuide({ base, current }, to, merge);
  return result.clean ? result.text : `${result.conflicts} conflicts`;
}

describe('isGeneratedGuide', () => {
  it('knows a guide as it was generated, also with the line breaks of Windows', () => {
    expect(isGeneratedGuide(guide(options))).toBe(true);
    expect(isGeneratedGuide(guide(options).replaceAll('\n', '\r\n'))).toBe(true);
  });

  it('knows one that people changed, wrote themselves, or that only claims to be generated', () => {
    const copied = parseFrontmatter(guide(options)).raw;

    expect(isGeneratedGuide(withAddition(guide(options)))).toBe(false);
    expect(isGeneratedGuide('# Wiki Usage Guide\n')).toBe(false);
    expect(isGeneratedGuide(`---\n${copied}---\n# Ours\n`)).toBe(false);
    expect(isGeneratedGuide('')).toBe(false);
  });
});

describe('guideIsOutdated', () => {
  it.each<[string, Partial<StarterOptions>]>([
    ['the tools', { tools: [] }],
    ['what a tool does', { tools: [{ name: 'read_note', summary: 'Read.' }] }],
    ['the link order', { linkOrder: 'label-first' }],
    ['the categories', { categories: ['event'] }],
    ['the name', { name: 'Near East' }],
    ['the purpose', { purpose: null }],
  ])('is so once %s changed, whether people wrote in it or not', (_, changed) => {
    const now = { ...options, ...changed };

    expect(guideIsOutdated(guide(options), now)).toBe(true);
    expect(guideIsOutdated(withAddition(guide(options)), now)).toBe(true);
  });

  it('is not so while it would be generated the same', () => {
    expect(guideIsOutdated(guide(options), options)).toBe(false);
    expect(guideIsOutdated(withAddition(guide(options)), options)).toBe(false);
    expect(guideIsOutdated(guide(options).replaceAll('\n', '\r\n'), options)).toBe(false);
  });

  it('is never so for a guide people wrote themselves', () => {
    expect(guideIsOutdated('# Our own rules\n', options)).toBe(false);
    expect(guideIsOutdated('', options)).toBe(false);
  });
});

describe('refreshGuide', () => {
  it('replaces a guide nobody changed, whatever the base', () => {
    expect(refreshed(guide(options), guide(options), moreTools, simpleMerge)).toBe(guide(moreTools));
    expect(refreshed(null, guide(options), moreTools, simpleMerge)).toBe(guide(moreTools));
    expect(refreshed(null, '', moreTools, simpleMerge)).toBe(guide(moreTools));
  });

  it('changes nothing in a changed guide that is not outdated', () => {
    const current = withAddition(guide(options));

    expect(refreshed(guide(options), current, options, simpleMerge)).toBe(current);
  });

  it('keeps what people added, and is up to date then', () => {
    const text = refreshed(guide(options), withAddition(guide(options)), moreTools);

    expect(text).toContain('- `edit_note`: Edit.');
    expect(text).toContain('- Name battles by place and year.\n');
    expect(text).toContain('## Ours\n\nAsk Ada first.\n');
    expect(guideIsOutdated(text, moreTools)).toBe(false);
    expect(refreshed(guide(options), text, moreTools)).toBe(text);
  });

  it('does not take a key that people put beside the digest for a conflict', () => {
    const current = guide(options).replace(/(generated_as: .*\n)/, 'status: current\n$1owner: ada\n');

    const text = refreshed(guide(options), current, moreTools);

    expect(parseFrontmatter(text).data).toMatchObject({ status: 'current', owner: 'ada' });
    expect(guideIsOutdated(text, moreTools)).toBe(false);
  });

  it('keeps the line breaks of the guide', () => {
    const text = refreshed(guide(options), withAddition(guide(options)).replaceAll('\n', '\r\n'), moreTools);

    expect(text).not.toMatch(/(?<!\r)\n/);
    expect(text).toContain('Ask Ada first.\r\n');
    expect(text).toContain('`edit_note`');
  });

  it('gives up when people changed the same lines, and when no base is known', () => {
    const rewritten = guide(options).replace('- `read_note`: Read one page.', '- `read_note`: our favourite');

    expect(refreshGuide({ base: guide(options), current: rewritten }, moreTools, merge3).clean).toBe(false);
    expect(refreshGuide({ base: null, current: rewritten }, moreTools, merge3).clean).toBe(false);
  });

  it('lets people take their guide over by removing the digest', () => {
    const own = withAddition(guide(options)).replace(/generated_as: .*\n/, '');

    expect(guideIsOutdated(own, moreTools)).toBe(false);
  });
});

describe('guideBase', () => {
  it('is the generated version before people began to change it', () => {
    const first = guide(options);

    expect(guideBase([withAddition(first), first, 'older'], merge3)).toBe(first);
    expect(guideBase([first], merge3)).toBe(first);
    expect(guideBase(['# Ours\n'], merge3)).toBeNull();
    expect(guideBase([], merge3)).toBeNull();
  });

  it('is what the last refresh generated, although that is nowhere in the history', () => {
    const renamed = { ...moreTools, name: 'Near East' };
    const history = [withAddition(guide(options)), guide(options)];

    for (const now of [moreTools, renamed, { ...renamed, name: 'West Asia', tools: options.tools }]) {
      const base = guideBase(history, merge3);
      history.unshift(refreshed(base, history[0] ?? '', now));
      expect(history[0]).toContain('Ask Ada first.');
      expect(guideBase(history, merge3)).toBe(guide(now));
    }
    expect(history[0]).toContain('the wiki West Asia.');
    expect(history[0]).not.toContain('edit_note');
  });

  it('believes no digest that does not fit', () => {
    const first = guide(options);
    const forged = withAddition(first).replace(/sha256-\w+/, 'sha256-0123456789abcdef');

    expect(guideBase([forged, first], merge3)).toBe(first);
  });
});
