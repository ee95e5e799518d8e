import type { Access } from '@lib/acl';
import { runBatch } from './batch-operations.js';
import { ChangeCommitter, type CommitterOptions, type Done, type Work } from './change-committer.js';
import { Idempotency } from './idempotency.js';
import { renamePage } from './rename-page.js';
import type { StarterPage } from './starter-options.js';
import { appendToPage, editPage, removePage, replacePageSection, writePage, type Operated } from './write-page.js';
import type { BatchResult, LinkStyle, PageLinks, WriteBatch, WriteOptions, WriteResult } from './write-types.js';

type Writing = Access<'page.write'>;

/** Every change of pages, whichever door it came by: each is one commit on the newest state of the wiki. */
export class PageWriter {
  private readonly committer: ChangeCommitter;
  private readonly idempotency: Idempotency;
  private readonly style: LinkStyle;
  private readonly lookup: PageLinks;

  constructor(options: CommitterOptions & { settings: LinkStyle; lookup: PageLinks }) {
    this.committer = new ChangeCommitter(options);
    this.idempotency = new Idempotency(options.database);
    this.style = options.settings;
    this.lookup = options.lookup;
  }

  /** Creates a page, or replaces its content; `bytes` are stored in its place where it was read from what is no UTF-8. */
  write(
    access: Writing,
    page: { path: string; content: string; bytes?: Buffer; merge?: boolean } & WriteOptions,
  ): Promise<WriteResult> {
    const work: Work<Operated> = (draft) => writePage(draft, page);
    return this.one(access, { op: 'write', verb: 'Update', ...page }, work);
  }

  /** Replaces the one occurrence of a text. */
  edit(
    access: Writing,
    edit: { path: string; oldString: string; newString: string; merge?: boolean } & WriteOptions & { revision: string },
  ): Promise<WriteResult> {
    return this.one(access, { op: 'edit', verb: 'Edit', ...edit }, (draft) => editPage(draft, edit));
  }

  /** Puts text at the end of a page. */
  append(access: Writing, addition: { path: string; content: string } & WriteOptions): Promise<WriteResult> {
    return this.one(access, { op: 'append', verb: 'Append', ...addition }, (draft) => appendToPage(draft, addition));
  }

  /** Replaces what stands under a heading. */
  replaceSection(
    access: Writing,
    section: { path: string; section: string; content: string; merge?: boolean } & WriteOptions,
  ): Promise<WriteResult> {
    const work: Work<Operated> = (draft) => replacePageSection(draft, section);
    return this.one(access, { op: 'section', verb: 'Edit', ...section }, work);
  }

  /** Moves a page with its attachments, and rewrites the links to it. */
  async rename(
    access: Writing,
    move: { path: string; newPath: string; links?: boolean } & WriteOptions,
  ): Promise<WriteResult> {
    const links = move.links === false ? null : { style: this.style, lookup: this.lookup };
    const order = { op: 'rename', verb: 'Rename', ...move };
    return this.one(access, order, (draft) => renamePage(draft, move, links));
  }

  /** Deletes a page. */
  remove(access: Writing, page: { path: string } & WriteOptions): Promise<WriteResult> {
    return this.one(access, { op: 'delete', verb: 'Delete', ...page }, (draft) => removePage(draft, page));
  }

  /** Several operations as one commit, or none of them. */
  async batch(access: Writing, batch: WriteBatch): Promise<BatchResult> {
    const { idempotencyKey: key, ...request } = batch;
    return this.idempotency.once(access, { key: keyed(key, batch.dryRun), request }, async (hash) => {
      const links = { style: this.style, lookup: this.lookup };
      const order = { message: batch.message, fallback: () => batchMessage(batch), dryRun: batch.dryRun, key: hash };
      const done = await this.committer.commit(access, order, (draft) => runBatch(draft, batch, links));
      const results = done.value.map(({ op, ...operated }) => ({ op, ...resultOf({ ...done, value: operated }) }));
      const changed = results.some((result) => result.changed);
      return { commit: done.commit, changed, results, ...(done.diff !== undefined && { diff: done.diff }) };
    });
  }

  /** The first commit of a new wiki; gives the commit. A wiki that has one keeps it. */
  async begin(access: Writing, pages: StarterPage[], message: string): Promise<string> {
    const { commit, value } = await this.committer.commit(
      access,
      { message, fallback: () => 'Begin' },
      async (draft) => {
        if (draft.tree.tip !== null) return draft.tree.tip;
        for (const { path, content } of pages) await writePage(draft, { path, content });
        return null;
      },
    );
    return commit ?? value ?? '';
  }

  private one(
    access: Writing,
    order: { op: string; verb: string; path: string; newPath?: string } & WriteOptions,
    work: Work<Operated>,
  ): Promise<WriteResult> {
    const { idempotencyKey: key, verb, message, dryRun, ...request } = order;
    return this.idempotency.once(
      access,
      { key: keyed(key, dryRun), request: { ...request, message } },
      async (hash) => {
        const fallback = (operated: Operated) => messageOf(operated.created ? 'Create' : verb, order);
        return resultOf(await this.committer.commit(access, { message, fallback, dryRun, key: hash }, work));
      },
    );
  }
}

/** A dry run writes nothing, so it neither takes a key nor answers by one. */
const keyed = (key: string | undefined, dryRun: boolean | undefined) => (dryRun === true ? undefined : key);

function messageOf(verb: string, { path, newPath }: { path: string; newPath?: string }): string {
  return newPath === undefined ? `${verb}: ${path}` : `${verb}: ${path} -> ${newPath}`;
}

function batchMessage({ operations }: WriteBatch): string {
  const [first] = operations;
  return `Change: ${operations.length === 1 && first !== undefined ? first.path : `${operations.length} operations`}`;
}

function resultOf({ value, commit, diff }: Done<Operated>): WriteResult {
  const { path, created, changed, merged, content, updatedPages, revision, gone } = value;
  return {
    path,
    revision: gone === true ? null : changed ? commit : revision,
    commit: changed ? commit : null,
    created,
    changed,
    merged,
    ...(content !== undefined && { content }),
    ...(updatedPages !== undefined && { updatedPages }),
    ...(diff !== undefined && { diff }),
  };
}
