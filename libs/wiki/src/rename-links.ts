import { mayTouch } from '@lib/acl';
import type { ChangeDraft } from './change-draft.js';
import { fileText, storedBytes } from './change-text.js';
import { pageLookup } from './link-resolution.js';
import { rewriteLinks } from './link-rewriting.js';
import type { Link, LinkOrder } from '@lib/markdown';
import { fileOf, pageOfFile } from './page-path.js';
import { LinkMove, type LinkSurroundings, type Moving } from './rename-link-move.js';
import type { RenameLinks } from './write-types.js';

/** The links of a wiki around the move of pages: what they meant before, and how to write that afterwards. */
export class RenamedLinks {
  private constructor(
    private readonly draft: ChangeDraft,
    private readonly order: LinkOrder,
    private readonly linkers: string[],
    private readonly before: LinkSurroundings,
  ) {}

  /** Looks around before the move. */
  static async look(
    draft: ChangeDraft,
    from: readonly string[],
    { style, lookup }: RenameLinks,
  ): Promise<RenamedLinks> {
    const { linkOrder } = await style.of(draft.access.wiki.id);
    // First what the catalogue does not know yet, so that what it learns meanwhile is seen twice rather than not.
    const unknown = await draft.uncatalogued();
    const known = await lookup.linkers(draft.access.wiki.id, from);
    return new RenamedLinks(draft, linkOrder, [...known, ...unknown], await surroundings(draft));
  }

  /** Rewrites the pages that moved and those that link to them; gives the other pages that changed. */
  async rewrite(moving: Moving): Promise<string[]> {
    const move = new LinkMove(moving, this.before);
    const moved = new Set(moving.pages.values());
    const updated: string[] = [];
    for (const page of await this.candidates(moved, moving.files)) {
      const isChanged = await this.rewritePage(page, (link) => move.targetOf(link, page));
      if (isChanged && !moved.has(page)) updated.push(page);
    }
    return updated.sort();
  }

  /** The pages that moved, those that link to them or their files, and those that this change wrote. */
  private async candidates(moved: ReadonlySet<string>, files: ReadonlyMap<string, string>): Promise<Set<string>> {
    const toFiles = await this.draft.fileLinkers([...files.keys()]);
    const fresh = (await this.draft.tree.changes()).flatMap(({ path }) => pageOfFile(path) ?? []);
    return new Set([...moved, ...this.linkers, ...toFiles, ...fresh]);
  }

  private async rewritePage(page: string, rename: (link: Link) => string | null): Promise<boolean> {
    const { tree, access } = this.draft;
    const file = await tree.file(fileOf(page));
    if (file === null) return false;
    const text = fileText(await tree.bytes(file));
    // Links in what is not UTF-8 cannot be told from other bytes.
    if (text === undefined) return false;
    const rewritten = rewriteLinks(text, this.order, rename);
    if (rewritten === text) return false;
    mayTouch(access, page);
    await tree.put(fileOf(page), storedBytes(rewritten));
    return true;
  }
}

async function surroundings({ tree }: ChangeDraft): Promise<LinkSurroundings> {
  const files = await tree.paths();
  const pages = files.flatMap((file) => pageOfFile(file) ?? []).map((path) => ({ path }));
  // A link to a page that is not there is none to the file of another page, though `../B.md` on `A/B` could be read so.
  return { pages: pageLookup(pages), files: new Set(files.filter((file) => pageOfFile(file) === null)) };
}
