import type { ChangeInfo, PageRow, PageView, WriteResult } from '@lib/wiki';
import type { z } from 'zod';
import type { changeInfo, deleted, page, pageList, renamed, written } from './page.schema.js';

/** A change of the wiki room in the words of REST. */
export function changeAnswer(change: ChangeInfo): z.infer<typeof changeInfo> {
  return {
    revision: change.revision,
    author: change.author.name,
    username: change.author.username,
    agent: change.agent,
    pushed_by: change.pushedBy,
    door: change.door,
    date: change.date.toISOString(),
    message: change.message,
  };
}

/** Answers of views that are kept, so that they are put into words, and into bytes, once. */
const kept = new WeakMap<PageView, z.infer<typeof page>>();

export function pageAnswer(view: PageView): z.infer<typeof page> {
  const known = kept.get(view);
  if (known !== undefined) return known;
  const answer = wholePage(view);
  if (Object.isFrozen(view)) kept.set(view, Object.freeze(answer));
  return answer;
}

function wholePage(view: PageView): z.infer<typeof page> {
  return {
    name: view.name,
    path: view.path,
    content: view.content,
    frontmatter: view.frontmatter,
    links_to: view.linksTo,
    linked_from: view.linkedFrom,
    revision: view.revision,
    last_commit: changeAnswer(view.lastCommit),
    commit: view.commit,
    words: view.words,
    is_historic: view.isHistoric,
    section: view.section,
  };
}

export function pageRowsAnswer(list: {
  pages: PageRow[];
  total: number;
  next: string | null;
  behind: number;
}): z.infer<typeof pageList> {
  return { ...list, pages: list.pages.map(rowAnswer) };
}

function rowAnswer(row: PageRow): z.infer<typeof pageList>['pages'][number] {
  return {
    name: row.name,
    path: row.path,
    category: row.category,
    tags: row.tags,
    last_updated: row.updatedAt?.toISOString() ?? null,
    content_length: row.words,
    revision: row.revision,
  };
}

export function writtenAnswer(result: WriteResult): z.infer<typeof written> {
  return {
    name: result.path.split('/').at(-1) ?? result.path,
    path: result.path,
    revision: result.revision,
    commit: result.commit,
    created: result.created,
    changed: result.changed,
    merged: result.merged,
    content: result.content,
    ...dryRunAnswer(result),
  };
}

export function deletedAnswer(result: WriteResult): z.infer<typeof deleted> {
  const dry = dryRunAnswer(result);
  return { deleted: dry.dry_run !== true, path: result.path, commit: result.commit, ...dry };
}

export const renamedAnswer =
  (oldPath: string) =>
  (result: WriteResult): z.infer<typeof renamed> => ({
    old_path: oldPath,
    new_path: result.path,
    revision: result.revision,
    commit: result.commit,
    updated_pages: result.updatedPages ?? [],
    ...dryRunAnswer(result),
  });

export function dryRunAnswer(result: { diff?: string }): { dry_run?: boolean; diff?: string } {
  return result.diff === undefined ? {} : { dry_run: true, diff: result.diff };
}
