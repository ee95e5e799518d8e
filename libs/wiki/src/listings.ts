import { type Access, reaches } from '@lib/acl';
import type { Oid, Repository } from '@lib/git';
import {
  type Embedding,
  headingsOf,
  indexOf,
  isOn,
  type Link,
  type Listed,
  type ListedFile,
  type ListedPage,
  type Place,
  sourcesOf,
} from '@lib/markdown';
import type { DataSource } from 'typeorm';
import { Parameters, withinReach } from './keyword-reach.js';
import { fileOf } from './page-path.js';

/** What a page is gathered from, and how much may still be read for it. */
export interface Reading {
  access: Access<'page.read'>;
  repository: Repository;
  commit: Oid | null;
  left: { pages: number; bytes: number };
}

const most = { files: 500, pages: 1_000, folders: 10, tableBytes: 512 * 1024 };

/** What embeddings name, as links, so that it is found as links are. */
export function sourceLinks(embeddings: readonly Embedding[]): Link[] {
  const targets = embeddings.flatMap(sourcesOf).flatMap(({ target }) => (target === null ? [] : [target]));
  const link = { kind: 'embed', anchor: null, label: null, line: 1 } as const;
  const nowhere = { start: 0, end: 0, targetStart: 0, targetEnd: 0 };
  return targets.map((target) => ({ ...link, ...nowhere, target }));
}

/** Gathers the files, tables and pages that the embeddings of a page show, as far as the access reaches. */
export class Listings {
  constructor(
    private readonly database: DataSource,
    private readonly reading: Reading,
  ) {}

  /** What these embeddings of the page show; null when they show nothing of the wiki. */
  async of(path: string, embeddings: readonly Embedding[], places: ReadonlyMap<string, Place>): Promise<Listed | null> {
    const of = (...kinds: string[]) => embeddings.filter(({ kind }) => kinds.includes(kind));
    const [tables, lists, indexes] = [of('datatable'), of('attachmentlist', 'attachments'), of('pageindex')];
    if (tables.length + lists.length + indexes.length === 0) return null;
    return {
      tables: await this.tables(tables, places),
      files: lists.length === 0 ? [] : await this.files(path),
      pages: await this.indexes(path, indexes),
    };
  }

  private async tables(embeddings: readonly Embedding[], places: ReadonlyMap<string, Place>) {
    const texts = new Map<string, string>();
    for (const { target } of embeddings.flatMap(sourcesOf)) {
      const place = target === null ? undefined : places.get(target);
      if (target === null || place?.kind !== 'file' || texts.has(target)) continue;
      const text = await this.text(place.path);
      if (text !== null) texts.set(target, text);
    }
    return texts;
  }

  /** A file as text; null when it is not there, or is more than may be read. */
  private async text(path: string): Promise<string | null> {
    const { access, repository, commit, left } = this.reading;
    const item = commit === null || !reaches(access, path) ? null : await repository.entry(commit, path);
    if (item === null || !/^100(?:644|755)$/.test(item.mode)) return null;
    const bytes = await repository.blob(item.oid);
    if (bytes.length > Math.min(left.bytes, most.tableBytes)) return null;
    left.bytes -= bytes.length;
    return bytes.toString('utf8');
  }

  private async files(path: string): Promise<ListedFile[]> {
    const parameters = new Parameters();
    const within = withinReach(this.reading.access, 'f', parameters);
    const folder = parameters.add(`${path}/`);
    return this.database.query<ListedFile[]>(
      `SELECT f.path, f.bytes::float8 AS bytes, f.updated_at AS "changedAt",
         coalesce(c.author_name, '') AS author, coalesce(c.message, '') AS message
       FROM files f LEFT JOIN commits c ON c.wiki = f.wiki AND c.seq = f.seq
       WHERE ${within} AND starts_with(f.path, ${folder}) AND strpos(substr(f.path, length(${folder}) + 1), '/') = 0
       ORDER BY f.path LIMIT ${parameters.add(most.files)}`,
      parameters.values,
    );
  }

  private async indexes(path: string, embeddings: readonly Embedding[]) {
    const folders = new Map<string, boolean>();
    for (const embedding of embeddings) {
      const { folder } = indexOf(embedding, path);
      folders.set(folder, (folders.get(folder) ?? false) || isOn(embedding, 'toc', false));
    }
    const pages = new Map<string, ListedPage[]>();
    for (const [folder, hasHeadings] of [...folders].slice(0, most.folders)) {
      pages.set(folder, await this.pages(folder, hasHeadings));
    }
    return pages;
  }

  private async pages(folder: string, hasHeadings: boolean): Promise<ListedPage[]> {
    const parameters = new Parameters();
    const within = withinReach(this.reading.access, 'p', parameters);
    const below = folder === '' ? 'true' : `starts_with(p.path, ${parameters.add(`${folder}/`)})`;
    const rows = await this.database.query<{ path: string; title: string }[]>(
      `SELECT p.path, coalesce(p.title, p.name) AS title FROM pages p WHERE ${within} AND ${below}
       ORDER BY p.path LIMIT ${parameters.add(most.pages)}`,
      parameters.values,
    );
    const pages: ListedPage[] = [];
    for (const row of rows) pages.push({ ...row, headings: hasHeadings ? await this.headings(row.path) : [] });
    return pages;
  }

  private async headings(path: string): Promise<ListedPage['headings']> {
    const { left } = this.reading;
    if (left.pages === 0) return [];
    left.pages -= 1;
    const text = await this.text(fileOf(path));
    return text === null
      ? []
      : headingsOf(text).map(({ level, text: title, slug }) => ({ level, text: title, id: slug }));
  }
}
