import { z } from 'zod';
import { cursor, limit } from '../http/cursor.schema.js';

/** A page path as it arrives, decoded once; the wiki room says which paths are allowed. */
export const path = z.string().min(1).max(4096).describe('Path of a page, for example Actors/Iran');

export const revision = z.string().max(64).describe('Revision (commit) as 7 to 40 hexadecimal digits');

/** Whatever a page may hold goes through the body limit first; the wiki's own limit is checked in bytes by the room. */
export const content = z.string().max(20_000_000).describe('Markdown, frontmatter included; stored exactly as given');

export const commitMessage = z
  .string()
  .max(10_000)
  .optional()
  .describe('Stored verbatim; a default is made when absent');

const dryRun = z.boolean().optional().describe('Answer with the diff and change nothing');
const merge = z.boolean().optional().describe('false: refuse a stale revision even when the change could be merged');

export const changeInfo = z
  .object({
    revision: z.string(),
    author: z.string(),
    username: z.string().nullable(),
    agent: z.string().nullable().describe('Label of the token or client that made the change for the person'),
    pushed_by: z
      .string()
      .nullable()
      .describe('Username of who pushed this commit, whose author may be anybody; null when it was not pushed'),
    door: z
      .string()
      .nullable()
      .describe('rest, mcp, git, web, cli or system; null when a pushed commit came from elsewhere'),
    date: z.string(),
    message: z.string(),
  })
  .meta({ id: 'Change' });

export const page = z
  .object({
    name: z.string(),
    path: z.string(),
    content: z.string(),
    frontmatter: z.record(z.string(), z.unknown()).nullable(),
    links_to: z.array(z.string()),
    linked_from: z.array(z.string()),
    revision: z.string().describe('Last commit that touched this page'),
    last_commit: changeInfo,
    commit: z.string().describe('Commit of the wiki that was read'),
    words: z.int(),
    is_historic: z.boolean(),
    section: z.string().optional().describe('Canonical path of the section that was asked for'),
  })
  .meta({ id: 'Page' });

const pageRow = z
  .object({
    name: z.string(),
    path: z.string(),
    category: z.string().nullable(),
    tags: z.array(z.string()),
    last_updated: z.string().nullable(),
    content_length: z.int().describe('Words of the body, frontmatter left out'),
    revision: z.string(),
  })
  .meta({ id: 'PageRow' });

export const next = z.string().nullable().describe('Cursor of the next page of answers; null at the end');
export const behind = z.int().describe('Commits not yet in the catalogue; 0 means up to date');

export const pageList = z.object({ pages: z.array(pageRow), total: z.int(), next, behind }).meta({ id: 'PageList' });

export const written = z
  .object({
    name: z.string(),
    path: z.string(),
    revision: z.string().nullable(),
    commit: z.string().nullable(),
    created: z.boolean(),
    changed: z.boolean().describe('false: the page already was as asked, no commit was made'),
    merged: z.boolean().describe('true: the change was merged with one made since; content is what the page holds now'),
    content: z.string().optional(),
    dry_run: z.boolean().optional(),
    diff: z.string().optional(),
  })
  .meta({ id: 'PageWritten' });

export const deleted = z
  .object({
    deleted: z.boolean(),
    path: z.string(),
    commit: z.string().nullable(),
    dry_run: z.boolean().optional(),
    diff: z.string().optional(),
  })
  .meta({ id: 'PageDeleted' });

export const renamed = z
  .object({
    old_path: z.string(),
    new_path: z.string(),
    revision: z.string().nullable(),
    commit: z.string().nullable(),
    updated_pages: z.array(z.string()),
    dry_run: z.boolean().optional(),
    diff: z.string().optional(),
  })
  .meta({ id: 'PageRenamed' });

export const pageQuery = z
  .strictObject({ revision: revision.optional(), section: z.string().max(2000).optional() })
  .meta({ id: 'PageQuery' });

export const putPage = z
  .strictObject({ content, revision: revision.optional(), commit_message: commitMessage, merge, dry_run: dryRun })
  .meta({ id: 'PutPage' });

export const patchPage = z
  .strictObject({
    revision,
    old_string: z.string().min(1, 'old_string must not be empty').max(20_000_000),
    new_string: z.string().max(20_000_000),
    commit_message: commitMessage,
    merge,
    dry_run: dryRun,
  })
  .meta({ id: 'PatchPage' });

export const deletePage = z
  .strictObject({ revision: revision.optional(), commit_message: commitMessage, dry_run: dryRun })
  .nullish()
  .transform((body) => body ?? {});

export const renamePage = z
  .strictObject({
    new_path: path,
    revision: revision.optional(),
    commit_message: commitMessage,
    links: z.boolean().optional().describe('false: leave the links of other pages as they are'),
    dry_run: dryRun,
  })
  .meta({ id: 'RenamePage' });

export const appendPage = z
  .strictObject({ content, revision: revision.optional(), commit_message: commitMessage, dry_run: dryRun })
  .meta({ id: 'AppendToPage' });

export const putSection = z
  .strictObject({
    section: z.string().min(1).max(2000).describe('Heading, or path of headings joined with " > "'),
    content: content.describe('The new text of the section, its heading line included'),
    revision: revision.optional(),
    commit_message: commitMessage,
    merge,
    dry_run: dryRun,
  })
  .meta({ id: 'PutSection' });

export const pageListQuery = z
  .strictObject({
    prefix: z.string().max(1024).optional(),
    category: z.string().max(255).optional(),
    tag: z.string().max(255).optional(),
    updated_since: z.string().max(40).optional().describe('ISO 8601; without a zone it is UTC'),
    updated_before: z.string().max(40).optional().describe('ISO 8601; without a zone it is UTC'),
    order: z.enum(['path', 'oldest', 'newest']).default('path'),
    limit: limit(1000, 200),
    cursor,
  })
  .meta({ id: 'PageListQuery' });

export type PageListQuery = z.infer<typeof pageListQuery>;
export type PutPage = z.infer<typeof putPage>;
export type PatchPage = z.infer<typeof patchPage>;
export type DeletePage = z.infer<typeof deletePage>;
export type RenamePage = z.infer<typeof renamePage>;
export type AppendPage = z.infer<typeof appendPage>;
export type PutSection = z.infer<typeof putSection>;
export type PageQuery = z.infer<typeof pageQuery>;

/** A body on DELETE is lost by some clients, so the same may be said in the query. */
export const deletePageQuery = z
  .strictObject({
    revision: revision.optional(),
    commit_message: commitMessage,
    dry_run: z.enum(['true', 'false', '1', '0']).optional(),
  })
  .transform(({ dry_run: _, ...told }) => told);
export type DeletePageQuery = z.infer<typeof deletePageQuery>;
