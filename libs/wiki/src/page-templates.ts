import type { Access } from '@lib/acl';
import type { Pages } from './pages.js';

/** Pages below this folder are to be copied for new ones. */
export const templateFolder = 'Templates';

const mostListed = 200;

/** What a new page begins with. */
export interface Beginning {
  /** The page to begin with: a template, or any other, which is copied as it is. */
  from: string;
  /** The path of the new page. */
  path: string;
  user: string;
  date: Date;
}

/** Texts that new pages begin with. */
export class PageTemplates {
  constructor(private readonly pages: Pages) {}

  /** The paths of the templates of a wiki. */
  async list(access: Access<'page.read'>): Promise<string[]> {
    const { pages } = await this.pages.list(access, { prefix: `${templateFolder}/`, limit: mostListed });
    return pages.map(({ path }) => path);
  }

  /** The text of a new page. Throws `page-not-found`. */
  async begin(access: Access<'page.read'>, { from, path, user, date }: Beginning): Promise<string> {
    const { content } = await this.pages.read(access, { path: from });
    if (!from.startsWith(`${templateFolder}/`)) return content;
    const values = { title: path.split('/').at(-1) ?? path, date: date.toISOString().slice(0, 10), user };
    return content.replace(/\{\{ ?(title|date|user) ?\}\}/g, (_, name: keyof typeof values) => values[name]);
  }
}
