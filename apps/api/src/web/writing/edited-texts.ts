import { Injectable } from '@nestjs/common';
import { type Access, Acl } from '@lib/acl';
import {
  type Draft,
  Drafts,
  Pages,
  PageTemplates,
  type PageView,
  Reverts,
  type RevertSides,
  WikiError,
} from '@lib/wiki';
import type { EditQuery } from './writing.schema.js';

/** What the editor is opened with. */
export interface OpenedText {
  content: string;
  /** The revision that was read; null for a page that there is not. */
  revision: string | null;
  /** The section that is written; null for the whole page. */
  section: string | null;
  /** What one was writing before and did not save. */
  draft: Draft | null;
}

/** Finds the texts that somebody is to edit, or edited. */
@Injectable()
export class EditedTexts {
  constructor(
    private readonly acl: Acl,
    private readonly pages: Pages,
    private readonly drafts: Drafts,
    private readonly templates: PageTemplates,
    private readonly reverts: Reverts,
  ) {}

  /** The text to begin with: of the page or a section of it, of one's draft, or for a new page of another. */
  async opened(access: Access<'page.write'>, path: string, query: EditQuery): Promise<OpenedText> {
    if (query.section !== undefined) return this.section(access, path, query.section);
    const [view, draft] = await Promise.all([this.now(access, path), this.drafts.read(access, path)]);
    if (draft !== null && query.draft !== undefined) {
      return { content: draft.content, revision: draft.revision, section: null, draft: null };
    }
    const content = view?.content ?? (await this.beginning(access, path, query.from));
    const offered = draft?.content === content ? null : draft;
    return { content, revision: view?.revision ?? null, section: null, draft: offered };
  }

  /** The page as it is; null when there is none. */
  async now(access: Access, path: string): Promise<PageView | null> {
    return this.read(access, { path });
  }

  /** What the page was at a revision; nothing when it was not there, or no revision was read. */
  async at(access: Access, path: string, revision: string | undefined): Promise<string> {
    if (revision === undefined) return '';
    return (await this.read(access, { path, revision }))?.content ?? '';
  }

  /** What a page was before a commit, after it, and is now. */
  sides(access: Access, commit: string, path: string): Promise<RevertSides> {
    return this.reverts.sides(this.acl.also(access, 'page.read'), commit, path);
  }

  private async section(access: Access, path: string, section: string): Promise<OpenedText> {
    const view = await this.pages.read(this.acl.also(access, 'page.read'), { path, section });
    return { content: view.content, revision: view.revision, section, draft: null };
  }

  private async beginning(access: Access, path: string, from: string | undefined): Promise<string> {
    if (from === undefined) return '';
    const user = access.actor.displayName ?? access.actor.username ?? '';
    return this.templates.begin(this.acl.also(access, 'page.read'), { from, path, user, date: new Date() });
  }

  private async read(access: Access, asked: { path: string; revision?: string }): Promise<PageView | null> {
    try {
      return await this.pages.read(this.acl.also(access, 'page.read'), asked);
    } catch (error) {
      if (error instanceof WikiError && error.code === 'page-not-found') return null;
      throw error;
    }
  }
}
