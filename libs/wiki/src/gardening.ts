import type { Access } from '@lib/acl';
import { merge3, type Repositories } from '@lib/git';
import type { DataSource } from 'typeorm';
import type { Catalogue } from './catalogue.js';
import { guideBase, guideIsOutdated, isGeneratedGuide, refreshGuide } from './guide-refresh.js';
import { HistoryTrail } from './history-trail.js';
import { Parameters, withinReach } from './keyword-reach.js';
import { fileOf } from './page-path.js';
import type { PageWriter } from './page-writer.js';
import type { StarterOptions } from './starter-options.js';
import { guidePath, homePath } from './starter-paths.js';
import type { ToolInfo } from './tool-info.js';
import { WikiError } from './wiki-errors.js';
import type { WikiSettings } from './wiki-settings.js';

interface Given {
  database: DataSource;
  repositories: Repositories;
  catalogue: Catalogue;
  settings: WikiSettings;
  writer: PageWriter;
  tools: () => readonly ToolInfo[];
}

/** What a gardener looks for. */
export interface GardenLimits {
  staleDays: number;
  oversizedWords: number;
  undersizedWords: number;
  /** Longest list of each kind. */
  limit: number;
}

interface LinkFinding {
  from: string;
  target: string;
  line: number;
}

interface AmbiguousLink extends LinkFinding {
  candidates: string[];
}

const versionsLooked = 200;

/** Finds what needs care in a wiki, and keeps its usage guide up to date. */
export class Gardening {
  private readonly trail: HistoryTrail;

  constructor(private readonly given: Given) {
    this.trail = new HistoryTrail(given.database);
  }

  /** Orphans, broken and ambiguous links, stale, over- and undersized pages, categories nobody listed, an old guide. */
  async report(access: Access<'garden.read'>, limits: GardenLimits) {
    const { behind } = await this.given.catalogue.fresh(access.wiki.id);
    const { staleDays, oversizedWords, undersizedWords, limit } = limits;
    const pages = <T>(columns: string, where: string, order: string, value?: unknown) =>
      this.pages<T>(access, { columns, where, order, limit, ...(value !== undefined && { value }) });
    const orphans = await pages<{ path: string }>('path', orphan, 'path', homePath);
    const before = new Date(Date.now() - staleDays * 86_400_000);
    return {
      orphans: orphans.map(({ path }) => path),
      brokenLinks: await this.links<LinkFinding>(access, 'missing', '', limit),
      ambiguousLinks: await this.links<AmbiguousLink>(access, 'ambiguous', ', candidates', limit),
      stale: await pages<{ path: string; updatedAt: Date }>(
        'path, updated_at AS "updatedAt"',
        'p.updated_at < $value::timestamptz',
        'updated_at, path',
        before,
      ),
      oversized: await pages<Sized>('path, words', 'p.words > $value::int', 'words DESC, path', oversizedWords),
      undersized: await pages<Sized>('path, words', 'p.words < $value::int', 'words, path', undersizedWords),
      unlistedCategories: await this.unlisted(access),
      guideOutdated: await this.isGuideOutdated(access),
      behind,
    };
  }

  /** Brings the usage guide up to date and keeps what people added; refuses when both changed the same lines. */
  async refreshGuide(access: Access<'page.write'>) {
    const options = await this.options(access);
    const current = (await this.guide(access)) ?? '';
    const unchanged = { path: guidePath, revision: null, changed: false, merged: false };
    if (current !== '' && !guideIsOutdated(current, options)) return unchanged;
    const versions = await this.versions(access, current);
    const refreshed = refreshGuide({ base: guideBase(versions, merge3), current }, options, merge3);
    if (!refreshed.clean) {
      const message =
        'The guide was changed in the same lines that are to be renewed. Edit it by hand, or delete it first.';
      throw new WikiError('page-moved-on', message, { path: guidePath });
    }
    const merged = current !== '' && !isGeneratedGuide(current);
    const tip = await (await this.given.repositories.open(access.wiki.id)).tip();
    const result = await this.given.writer.write(access, {
      path: guidePath,
      content: refreshed.text,
      message: `${guidePath}: bring up to date`,
      ...(current !== '' && tip !== null && { revision: tip }),
    });
    return { path: guidePath, revision: result.revision, changed: result.changed, merged };
  }

  private async pages<T>(
    access: Access,
    {
      columns,
      where,
      order,
      limit,
      value,
    }: { columns: string; where: string; order: string; limit: number; value?: unknown },
  ): Promise<T[]> {
    const parameters = new Parameters();
    const within = withinReach(access, 'p', parameters);
    const condition = where.replaceAll('$value', parameters.add(value));
    return this.given.database.query<T[]>(
      `SELECT ${columns} FROM pages p WHERE ${within} AND ${condition} ORDER BY ${order} LIMIT ${parameters.add(limit)}`,
      parameters.values,
    );
  }

  private async links<T>(access: Access, state: 'missing' | 'ambiguous', more: string, limit: number): Promise<T[]> {
    const parameters = new Parameters();
    const within = withinReach(access, 'l', parameters);
    return this.given.database.query<T[]>(
      `SELECT path AS from, coalesce(page, target) AS target, line${state === 'ambiguous' ? ', candidates' : ''} FROM page_links l
       WHERE ${within} AND state = ${parameters.add(state)} ORDER BY path, position LIMIT ${parameters.add(limit)}`,
      parameters.values,
    );
  }

  private async unlisted(access: Access): Promise<string[]> {
    const { categories } = await this.given.settings.of(access.wiki.id);
    const rows = await this.given.database.query<{ category: string }[]>(
      `SELECT DISTINCT category FROM pages WHERE wiki = $1 AND category IS NOT NULL AND NOT lower(category) = ANY($2::text[])
       ORDER BY category LIMIT 200`,
      [access.wiki.id, categories.map((category) => category.toLowerCase())],
    );
    return rows.map(({ category }) => category);
  }

  private async isGuideOutdated(access: Access): Promise<boolean> {
    const current = await this.guide(access);
    return current !== null && guideIsOutdated(current, await this.options(access));
  }

  private async options({ wiki }: Access): Promise<StarterOptions> {
    const { linkOrder, categories } = await this.given.settings.of(wiki.id);
    return { name: wiki.name, purpose: wiki.purpose, categories, linkOrder, tools: this.given.tools() };
  }

  private async guide(access: Access): Promise<string | null> {
    const repository = await this.given.repositories.open(access.wiki.id);
    const tip = await repository.tip();
    return tip === null ? null : this.textAt(access, tip);
  }

  /** The guide as it was, newest first, back to a version that is as it was generated. */
  private async versions(access: Access, current: string): Promise<string[]> {
    const versions = [current];
    const rows = await this.trail.follow(access, { path: guidePath, before: null }, versionsLooked);
    for (const { oid } of rows.slice(1)) {
      if (isGeneratedGuide(versions.at(-1) ?? '')) break;
      const text = await this.textAt(access, oid);
      if (text !== null) versions.push(text);
    }
    return versions;
  }

  private async textAt(access: Access, commit: string): Promise<string | null> {
    const repository = await this.given.repositories.open(access.wiki.id);
    const entry = await repository.entry(commit, fileOf(guidePath));
    return entry === null ? null : (await repository.blob(entry.oid)).toString('utf8');
  }
}

interface Sized {
  path: string;
  words: number;
}

const orphan = `p.path <> $value AND NOT EXISTS (SELECT 1 FROM page_links l
  WHERE l.wiki = p.wiki AND l.page = p.path AND l.state = 'page' AND l.path <> p.path)`;
