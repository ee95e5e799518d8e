import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { type Access, Acl } from '@lib/acl';
import { type Found, Search, SearchError } from '@lib/search';
import { Pages, Suggestions, WikiError } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { Granted, Needs } from '../../http/needs.js';
import { problemOf } from '../../http/problems.js';
import { HtmlPage } from '../../http/html-page.js';
import { htmlAnswer } from '../html.js';
import { Frames } from '../layout/frames.js';
import * as schema from './finding.schema.js';
import { QuickFind } from './quick-find.js';
import type { Choices } from './search-fields.js';
import { SearchScreen } from './search-screen.js';

const pageOfResults = 20;
const mostPerhaps = 5;
const mostChoices = 500;

/** Finding pages by what they say. */
@Controller('~wiki/-')
export class SearchPageController {
  constructor(
    private readonly acl: Acl,
    private readonly searching: Search,
    private readonly pages: Pages,
    private readonly suggestions: Suggestions,
    private readonly quick: QuickFind,
    private readonly frames: Frames,
  ) {}

  @Get('search')
  @Needs('search.use')
  async search(
    @Granted() access: Access<'search.use'>,
    @Query({ schema: schema.searchForm }) form: schema.SearchForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage> {
    const [{ found, fault }, choices] = await Promise.all([this.found(access, form, reply), this.choices(access)]);
    const isNothing = found !== null && found.total === 0;
    const perhaps = isNothing ? await this.suggestions.of(access, form.q, mostPerhaps) : [];
    const frame = this.frames.of(access, request);
    const canonical = this.frames.canonical(access, `${frame.base}/-/search`);
    return htmlAnswer(
      SearchScreen({ ...frame, canonical, form, limit: pageOfResults, found, fault, choices, perhaps }),
    );
  }

  /** What the palette asks for while somebody types; JSON. */
  @Get('find')
  @Needs('search.use')
  async find(
    @Granted() access: Access<'search.use'>,
    @Query({ schema: schema.findQuery }) { q, visited }: schema.FindQuery,
  ) {
    const base = this.frames.base(access);
    const [found, seen] = await Promise.all([
      this.quick.find(access, q, base),
      this.quick.visited(access, visited, base),
    ]);
    return { ...found, visited: seen };
  }

  private async found(
    access: Access<'search.use'>,
    { q, offset, mode, folder, ...filters }: schema.SearchForm,
    reply: FastifyReply,
  ): Promise<{ found: Found | null; fault: string | null }> {
    if (q.trim() === '') return { found: null, fault: null };
    const prefix = folder === undefined ? undefined : `${folder}/`;
    try {
      const asked = { query: q, offset, mode, limit: pageOfResults, prefix, ...filters };
      return { found: await this.searching.find(access, asked), fault: null };
    } catch (error) {
      const isOfForm = error instanceof SearchError || (error instanceof WikiError && error.code === 'bad-date');
      if (!isOfForm) throw error;
      reply.code(problemOf(error).status);
      return { found: null, fault: error.message };
    }
  }

  private async choices(access: Access<'search.use'>): Promise<Choices> {
    const reading = this.acl.also(access, 'page.read');
    const [folders, tags, categories] = await Promise.all([
      this.pages.folders(reading),
      this.pages.tags(reading),
      this.pages.categories(reading),
    ]);
    const names = (some: readonly { name: string; pages: number }[]) =>
      some.filter(({ pages }) => pages > 0).map(({ name }) => name);
    const [inFolders, withTags] = [names(folders), names(tags)].map((some) => some.slice(0, mostChoices));
    return { folders: inFolders ?? [], tags: withTags ?? [], categories: names(categories) };
  }
}
