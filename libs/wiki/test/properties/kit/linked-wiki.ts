import fc from 'fast-check';
import { twinKey } from '../../../src/path-folding.js';
import { aPagePath } from './paths.js';

/** Pages by their paths. */
export type PageTexts = Map<string, string>;

/** A wiki whose pages link to each other in every way, and the move of one of them to a name that is free. */
export interface LinkedWiki {
  pages: PageTexts;
  from: string;
  to: string;
}

const usual = [
  'Home',
  'A',
  'A/B',
  'A/B/C',
  'B',
  'B/A',
  'two words',
  'A/Two_Words',
  'C#',
  'x (y)',
  'A/x (y)',
  'a#b',
  '100%',
  'É',
];
const path = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: aPagePath });

/** One way to write a link to a page; some lead nowhere, some to several pages, some only look like links. */
const ways: ((page: string) => string)[] = [
  (page) => `[[${page}]]`,
  (page) => `[[${page}|shown]]`,
  (page) => `[[${page}#part]]`,
  (page) => `[[/${page}.md]]`,
  (page) => `[[${page.split('/').at(-1)}]]`,
  (page) => `![[${page.toLowerCase()}]]`,
  (page) => `[shown](/${encodeURI(page).replace(/[()#?]/g, escape)}.md)`,
  (page) => `[shown](${encodeURI(page).replace(/[()#?]/g, escape)})`,
  (page) => `[shown](<./${page.split('/').at(-1)}.md>)`,
  (page) => `[shown](../${encodeURI(page).replace(/[()#?]/g, escape)}.md#part)`,
  (page) => `[id ${page.length}]: /${encodeURI(page).replace(/[()#?]/g, escape)}.md`,
  (page) => `\`[[${page}]]\``,
  (page) => `${page} in words`,
];

const escape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
const twin = (page: string): string => twinKey(`${page}.md`);

/** Wikis in which no two pages, nor the folders above them, differ in nothing but case. */
export const aLinkedWiki: fc.Arbitrary<LinkedWiki> = fc
  .uniqueArray(path, { minLength: 2, maxLength: 8, selector: twin })
  .map(withoutTwinFolders)
  .filter((paths) => paths.length >= 2)
  .chain((paths) => {
    const [to = '', ...pages] = paths;
    const link = fc
      .tuple(fc.constantFrom(...ways), fc.constantFrom(...pages, ...usual))
      .map(([way, page]) => way(page));
    const text = fc
      .tuple(
        fc.constantFrom('\n', '\n\n', '\r\n', ' '),
        fc.array(link, { maxLength: 6 }),
        fc.constantFrom('', '\uFEFF', '---\nsee: "[[A]]"\n---\n'),
      )
      .map(([between, links, start]) => `${start}Text ${links.join(between)}`);
    return fc.record({
      pages: fc
        .tuple(...pages.map(() => text))
        .map((texts) => new Map(pages.map((page, at) => [page, texts[at] ?? '']))),
      from: fc.constantFrom(...pages),
      to: fc.constant(to),
    });
  });

function withoutTwinFolders(paths: string[]): string[] {
  const spelled = new Map<string, string>();
  return paths.filter((page) => {
    const folders = page.split('/').map((_, depth, all) => all.slice(0, depth).join('/'));
    const isTwin = folders.some((folder) => (spelled.get(twinKey(folder)) ?? folder) !== folder);
    if (!isTwin) folders.forEach((folder) => spelled.set(twinKey(folder), folder));
    return !isTwin;
  });
}
