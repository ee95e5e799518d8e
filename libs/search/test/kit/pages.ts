import { createHash, randomBytes } from 'node:crypto';
import type { PageContent, PagesPort, PageToChunk, PageVersion, ReachedPage, WikiPages } from '../../src/index.js';

/** The pages of one wiki, in memory; every write is a commit. */
export class PagesOfTest implements PagesPort {
  readonly troubles = new Map<string, string>();
  commit: string | null = null;
  private readonly texts = new Map<string, string>();
  private readonly commits: string[] = [];

  /** Writes pages, and removes those that are null. */
  write(pages: Record<string, string | null>): void {
    for (const [path, text] of Object.entries(pages)) {
      if (text === null) this.texts.delete(path);
      else this.texts.set(path, text);
    }
    this.commit = randomBytes(20).toString('hex');
    this.commits.push(this.commit);
  }

  async position(): Promise<string | null> {
    return this.commit;
  }

  async sequence(_wiki: string, commit: string): Promise<number | null> {
    const at = this.commits.indexOf(commit);
    return at === -1 ? null : at + 1;
  }

  async all(): Promise<WikiPages> {
    return { commit: this.commit, pages: Array.from(this.texts, ([path, text]) => ({ path, blob: blobOf(text) })) };
  }

  async content(_wiki: string, { path }: PageVersion): Promise<PageContent> {
    const trouble = this.troubles.get(path);
    return trouble === undefined ? { page: this.read(path, this.texts.get(path) ?? '') } : { trouble };
  }

  /** Frontmatter may have a title, and headings are lines that begin with one `#`. */
  read(path: string, text: string): PageToChunk {
    const [, title, body = text] = /^---\ntitle: (.*)\n---\n(.*)$/s.exec(text) ?? [];
    const headings = Array.from(body.matchAll(/^# (.*)$/gm), ({ index, 0: line, 1: name = '' }) => {
      return { level: 1, text: name, start: index, end: index + line.length };
    });
    return { title: title ?? path, body, headings };
  }

  async among(): Promise<null> {
    return null;
  }

  async reached(_access: unknown, paths: readonly string[]): Promise<ReachedPage[]> {
    return paths.flatMap((path) => {
      const text = this.texts.get(path);
      return text === undefined ? [] : [{ path, name: path, revision: null, blob: blobOf(text) }];
    });
  }
}

const blobOf = (text: string): string => createHash('sha1').update(text).digest('hex');
