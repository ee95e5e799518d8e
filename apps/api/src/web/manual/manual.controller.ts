import { Controller, Get, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { type Found, type Hit, SearchError } from '@lib/search';
import type { FastifyReply } from 'fastify';
import { Addresses } from '../../http/addresses.js';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { Needs } from '../../http/needs.js';
import { problemOf } from '../../http/problems.js';
import type { Manual, ManualFile } from '../../manual/manual.js';
import { manualBase, type ManualPage } from '../../manual/manual-page.js';
import { ManualPlaces } from '../../manual/manual-places.js';
import { ManualRoom } from '../../manual/manual-room.js';
import { ManualSearch } from '../../manual/manual-search.js';
import * as schema from '../finding/finding.schema.js';
import { htmlAnswer } from '../html.js';
import { Sites } from '../layout/sites.js';
import { sitemap } from '../public/sitemaps.js';
import { wantsMarkdown } from '../reading/wants-markdown.js';
import { servedFile } from '../served-file.js';
import type { ManualSite } from './manual-frame.js';
import { ManualScreen } from './manual-screen.js';
import { ManualMissingScreen, ManualSearchScreen } from './manual-search-screen.js';
import { ShownManual } from './shown-manual.js';

const pageOfResults = 20;

/** Pages that stand elsewhere as well, where search engines should know them. */
const homes: Record<string, string> = { '/docs/terms': '/terms', '/docs/privacy': '/privacy' };

/** The documentation, for browsers and for whoever wants the markdown. */
@Controller('docs')
export class ManualController {
  private readonly places = new ManualPlaces();

  constructor(
    private readonly room: ManualRoom,
    private readonly searching: ManualSearch,
    private readonly shown: ShownManual,
    private readonly sites: Sites,
    private readonly addresses: Addresses,
  ) {}

  /** Where nothing is asked for it is the page about the search, which is called so. */
  @Get('search')
  @Needs('nothing')
  async search(
    @Query('q') asked: unknown,
    @Query({ schema: schema.searchForm }) { q, mode, offset }: schema.SearchForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | HtmlPage | void> {
    if (asked === undefined) return this.read('search', request, reply);
    this.searching.prepare();
    const form = formOf({ q, mode, offset });
    const { found, fault } = await this.found(form, reply);
    const placeOf = (hit: Hit) => {
      const page = this.manual.found(hit.path);
      return { page, place: this.places.of(page, hit) };
    };
    const site = this.site(request);
    return htmlAnswer(ManualSearchScreen({ ...site, form, found, fault, limit: pageOfResults, placeOf }));
  }

  @Get('sitemap.xml')
  @Needs('nothing')
  async sitemap(@Res({ passthrough: true }) reply: FastifyReply): Promise<StreamableFile> {
    const pages = this.manual.pages.filter(({ address }) => homes[address] === undefined);
    const entries = pages.map(({ address }) => ({ address: this.addresses.platform(address), changed: null }));
    const pieces: string[] = [];
    for await (const piece of sitemap(once(entries))) pieces.push(piece);
    reply.header('cache-control', 'public, max-age=3600');
    return new StreamableFile(Buffer.from(pieces.join('')), { type: 'application/xml; charset=utf-8' });
  }

  @Get(['', '*'])
  @Needs('nothing')
  async read(
    @Param('*') asked: string | undefined,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | HtmlPage | void> {
    // Looked up and nothing else: no file is opened by what somebody asks for.
    const address = asked === undefined ? manualBase : `${manualBase}/${asked}`;
    const page = this.manual.page(address);
    if (page !== undefined) {
      const file = wantsMarkdown(request.headers.accept) ? this.manual.file(page.markdown) : undefined;
      return file === undefined ? this.page(page, request) : served(file, request, reply);
    }
    const file = this.manual.file(address);
    if (file !== undefined) return served(file, request, reply);
    const elsewhere = this.manual.elsewhere(address);
    if (elsewhere !== undefined) return void reply.redirect(elsewhere, 308);
    return this.missing(asked ?? '', request, reply);
  }

  private async page(page: ManualPage, request: DoorRequest): Promise<HtmlPage> {
    this.searching.prepare();
    const site = { ...this.site(request), next: page.address };
    const { language } = site.texts;
    // Of a person the frame shows more, and forms carry what is this session's alone.
    const isOpen = site.actor.username === null;
    const known = isOpen ? this.shown.kept(page, language) : undefined;
    if (known !== undefined) return known;
    const shown = await this.shown.of(page);
    const canonical = this.addresses.platform(homes[page.address] ?? page.address);
    const whole = htmlAnswer(ManualScreen({ ...site, ...this.manual.around(page), page, shown, canonical }));
    if (isOpen && shown !== null) this.shown.keep(page, language, whole);
    return whole;
  }

  private missing(asked: string, request: DoorRequest, reply: FastifyReply): HtmlPage {
    reply.code(404);
    const q = asked
      .replace(/\.md$/, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
      .slice(0, 100);
    return htmlAnswer(ManualMissingScreen({ ...this.site(request), form: formOf({ q }) }));
  }

  private async found(
    { q: query, mode, offset }: schema.SearchForm,
    reply: FastifyReply,
  ): Promise<{ found: Found | null; fault: string | null }> {
    if (query.trim() === '') return { found: null, fault: null };
    try {
      return { found: await this.searching.find({ query, mode, offset, limit: pageOfResults }), fault: null };
    } catch (error) {
      if (!(error instanceof SearchError)) throw error;
      reply.code(problemOf(error).status);
      return { found: null, fault: error.message };
    }
  }

  private get manual(): Manual {
    return this.room.manual;
  }

  private site(request: DoorRequest): ManualSite {
    const { first, sections } = this.manual;
    return { ...this.sites.of(request), first, sections };
  }
}

/** The documentation is not narrowed by what wikis are. */
const formOf = (form: { q: string; mode?: schema.SearchForm['mode']; offset?: number }): schema.SearchForm =>
  schema.searchForm.parse(form);

async function* once<T>(entries: readonly T[]): AsyncGenerator<readonly T[]> {
  yield entries;
}

function served({ bytes, mime, etag }: ManualFile, request: DoorRequest, reply: FastifyReply): StreamableFile {
  reply.header('etag', etag);
  return servedFile({ bytes, mime, filename: null, range: request.headers.range }, reply);
}
