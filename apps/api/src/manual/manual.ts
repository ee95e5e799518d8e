import { createHash } from 'node:crypto';
import type { PageText } from '@lib/markdown';
import { type ManualFiles, readManualFiles } from './manual-files.js';
import { manualText, type ManualTargets, pictureAddress, servedMarkdown } from './manual-links.js';
import { manualOrder, type ManualSection } from './manual-order.js';
import { manualPage, type ManualPage } from './manual-page.js';

/** What is served as it is: the markdown of a page, or a picture. */
export interface ManualFile {
  mime: string;
  bytes: Buffer;
  /** Made of the bytes. */
  etag: string;
}

/** The documentation that comes along with the program, by addresses. */
export class Manual {
  /** All pages in the order in which they are read. */
  readonly pages: readonly ManualPage[];
  /** The list of all pages but the first. */
  readonly sections: readonly ManualSection[];
  private readonly targets: ManualTargets;
  private readonly byAddress: ReadonlyMap<string, ManualPage>;
  private readonly byPath: ReadonlyMap<string, ManualPage>;
  private readonly files = new Map<string, ManualFile>();

  constructor({ texts, pictures }: ManualFiles) {
    const pages = new Map(Array.from(texts, ([file, text]) => [file, manualPage(file, text)]));
    const first = pages.get('docs/README.md');
    if (first === undefined) throw new Error('The documentation has no first page.');
    this.targets = { pages, pictures };
    this.sections = manualOrder(first, pages);
    const listed = this.sections.flatMap(({ entries }) => entries.flatMap(({ page, below }) => [page, ...below]));
    this.pages = [...new Set([first, ...listed, ...pages.values()])];
    this.byAddress = new Map(this.pages.map((page) => [page.address, page]));
    this.byPath = new Map(this.pages.map((page) => [page.path, page]));
    for (const page of this.pages) {
      this.files.set(
        page.markdown,
        fileOf('text/markdown; charset=utf-8', Buffer.from(servedMarkdown(page, this.targets))),
      );
    }
    for (const [file, { mime, bytes }] of pictures) this.files.set(pictureAddress(file), fileOf(mime, bytes));
  }

  /** Reads the documentation. */
  static read(): Manual {
    return new Manual(readManualFiles());
  }

  /** The first page, which leads to all others. */
  get first(): ManualPage {
    const [first] = this.pages;
    if (first === undefined) throw new Error('The documentation has no first page.');
    return first;
  }

  /** The page at an address. */
  page(address: string): ManualPage | undefined {
    return this.byAddress.get(address);
  }

  /** The page that a search found by its path. */
  found(path: string): ManualPage {
    return this.byPath.get(path) ?? this.first;
  }

  /** What lies at an address as it is. */
  file(address: string): ManualFile | undefined {
    return this.files.get(address);
  }

  /** The address of what is asked for with a slash behind it, or by a README that stands for its folder. */
  elsewhere(address: string): string | undefined {
    const meant = address.replace(/\/+$/, '').replace(/\/README(\.md)?$/, '$1');
    const isThere = this.byAddress.has(meant) || this.files.has(meant);
    return meant !== address && isThere ? meant : undefined;
  }

  /** The pages before and after one. */
  around(page: ManualPage): { before: ManualPage | undefined; after: ManualPage | undefined } {
    const at = this.pages.indexOf(page);
    return { before: this.pages[at - 1], after: this.pages[at + 1] };
  }

  /** A page as the renderer takes it. */
  textOf(page: ManualPage): PageText {
    return manualText(page, this.targets);
  }
}

const fileOf = (mime: string, bytes: Buffer): ManualFile => ({
  ...{ mime, bytes },
  etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
});
