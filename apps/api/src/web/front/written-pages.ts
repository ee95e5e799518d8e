import { readFile, stat } from 'node:fs/promises';
import { linksOf, parseFrontmatter, type PageText, type Place, type Renderer } from '@lib/markdown';
import type { Config } from '../../config.js';
import { fileOfCheckout, repositoryOfPackage } from './checkout.js';

/** A page of the platform that is written in markdown. */
export interface WrittenPage {
  title: string;
  /** What the file says of itself in its frontmatter. */
  description: string | null;
  html: string;
  /** Whether the text begins with its title. */
  hasTitle: boolean;
}

interface Given {
  front: Config['front'];
  renderer: Pick<Renderer, 'show'>;
  onError: (error: unknown) => void;
}

type Name = 'landing' | 'terms' | 'privacy';

interface Known {
  mark: string;
  page: WrittenPage;
}

/** The pages that an operator may write: the landing page, terms and privacy. A file is read again when it was changed. */
export class WrittenPages {
  /** Where the source of this server is; null where nobody says. */
  readonly sourceUrl: string | null;
  /** The wiki that stands in place of the landing page; null where none does. */
  readonly landingWiki: Extract<Config['front']['landing'], { wiki: unknown }>['wiki'] | null;
  private readonly files: Record<Name, { path: string; isOurs: boolean } | null>;
  private readonly known = new Map<Name, Known>();

  constructor(private readonly given: Given) {
    const { landing, terms, privacy, sourceUrl } = given.front;
    this.sourceUrl = sourceUrl ?? repositoryOfPackage();
    this.landingWiki = landing !== null && 'wiki' in landing ? landing.wiki : null;
    this.files = {
      landing: landing !== null && 'file' in landing ? { path: landing.file, isOurs: false } : null,
      terms: fileOf(terms, 'terms.md'),
      privacy: fileOf(privacy, 'privacy.md'),
    };
  }

  /** A page as it is written now, or as it was when it could be read last; null when nobody wrote one. */
  async read(name: Name): Promise<WrittenPage | null> {
    const file = this.files[name];
    if (file === null) return null;
    try {
      return await this.fresh(name, file);
    } catch (error) {
      this.given.onError(error);
      return this.known.get(name)?.page ?? null;
    }
  }

  private async fresh(name: Name, { path, isOurs }: { path: string; isOurs: boolean }): Promise<WrittenPage> {
    const { mtimeMs, size } = await stat(path);
    const mark = `${mtimeMs} ${size}`;
    const known = this.known.get(name);
    if (known?.mark === mark) return known.page;
    const page = await this.written(await readFile(path, 'utf8'), isOurs ? '/docs' : '');
    this.known.set(name, { mark, page });
    return page;
  }

  private async written(text: string, base: string): Promise<WrittenPage> {
    const shown = await this.given.renderer.show(pageText(text), { base });
    if (shown === null) throw new Error('It takes too long to show this page.');
    const { data } = parseFrontmatter(text);
    const [heading] = shown.headings;
    const title = wordsOf(data?.['title']) ?? heading?.text ?? 'wikibot';
    return { title, description: wordsOf(data?.['description']), html: shown.html, hasTitle: shown.hasTitle };
  }
}

const fileOf = (given: string | null, ours: string) =>
  given === null ? { path: fileOfCheckout('docs', ours), isOurs: true } : { path: given, isOurs: false };

/** Its links lead to what lies beside it at its address; a page of the documentation has no ending there. */
function pageText(text: string): PageText {
  const places = linksOf(text, 'target-first').map(({ target }): [string, Place] => [
    target,
    { kind: 'page', path: target.replace(/^(?:\.{0,2}\/)+/, '').replace(/\.md$/, '') },
  ]);
  return { path: '', text, order: 'target-first', places: new Map(places), embeds: new Map() };
}

const wordsOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);
