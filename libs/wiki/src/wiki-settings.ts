import type { Access, WikiId } from '@lib/acl';
import type { DataSource } from 'typeorm';
import { defaultCategories } from './categories.js';
import { type LinkOrder, storable } from '@lib/markdown';
import type { Statement } from './statements.js';

/** How a wiki wants its links written, and the categories its pages are to have. */
export interface Settings {
  linkOrder: LinkOrder;
  categories: string[];
}

interface Row {
  link_order: LinkOrder;
  categories: string[];
}

const settingsOfOne = 'SELECT link_order, categories FROM wiki_settings WHERE wiki = $1';
const orderOf = (row: Row | undefined): LinkOrder => row?.link_order ?? 'target-first';

/** Asks how a wiki writes its links, in a transaction that reads them. */
export const linkOrderStatement = (wiki: WikiId): Statement => ({ sql: settingsOfOne, values: [wiki] });
/** What the answer says. */
export const linkOrderOf = (rows: readonly unknown[] | undefined): LinkOrder => orderOf(rows?.[0] as Row | undefined);

/** The settings of wikis. */
export class WikiSettings {
  private readonly listeners: ((wiki: WikiId) => void)[] = [];
  private readonly followers: ((wiki: WikiId) => Promise<void>)[] = [];

  constructor(private readonly given: { database: DataSource }) {}

  /** Those of a wiki; the defaults where nothing was set. */
  async of(wiki: WikiId): Promise<Settings> {
    const [row] = await this.given.database.query<Row[]>(settingsOfOne, [wiki]);
    return { linkOrder: orderOf(row), categories: row?.categories ?? [...defaultCategories] };
  }

  /** Sets what is given and leaves the rest; for a new wiki, and for imports. */
  async set(wiki: WikiId, { linkOrder, categories }: Partial<Settings>): Promise<void> {
    const list = categories === undefined ? null : tidied(categories);
    const before = await this.of(wiki);
    await this.given.database.query(
      `INSERT INTO wiki_settings (wiki, link_order, categories)
       VALUES ($1, coalesce($2, 'target-first'), coalesce($3::text[], $4::text[]))
       ON CONFLICT (wiki) DO UPDATE SET link_order = coalesce($2, wiki_settings.link_order),
         categories = coalesce($3::text[], wiki_settings.categories)`,
      [wiki, linkOrder ?? null, list, [...defaultCategories]],
    );
    if (linkOrder !== undefined && linkOrder !== before.linkOrder) await this.readAnew(wiki);
    for (const follower of this.followers) await follower(wiki);
  }

  /** Changes what is given; links that were read the other way round are read anew. */
  async change(access: Access<'wiki.settings'>, settings: Partial<Settings>): Promise<Settings> {
    await this.set(access.wiki.id, settings);
    return this.of(access.wiki.id);
  }

  /** Called after settings were set, whatever they are now; who set them waits for it. */
  onSet(follower: (wiki: WikiId) => Promise<void>): void {
    this.followers.push(follower);
  }

  /** Called when the pages of a wiki have to be read anew because its links are written otherwise. */
  onReadAnew(listener: (wiki: WikiId) => void): void {
    this.listeners.push(listener);
  }

  /** A catalogue without a position begins from nothing; whoever follows it next, does. */
  private async readAnew(wiki: WikiId): Promise<void> {
    await this.given.database.query('DELETE FROM catalogue_positions WHERE wiki = $1', [wiki]);
    for (const listener of this.listeners) listener(wiki);
  }
}

/** Each category once, in the order given. */
function tidied(categories: string[]): string[] {
  const plain = categories.map((category) => storable(category.normalize('NFC')).trim());
  return [...new Set(plain.filter((category) => category !== ''))];
}
