import { Controller, Get, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { Acl, Wikis } from '@lib/acl';
import { Pages } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import { Addresses } from '../../http/addresses.js';
import { DoorError } from '../../http/door-error.js';
import type { DoorRequest } from '../../http/door-request.js';
import { Needs } from '../../http/needs.js';
import { ManualRoom } from '../../manual/manual-room.js';
import { WebAssets } from '../web-assets.js';
import { llmsOfSite } from './llms.js';
import { robots } from './robots.js';
import { SitePages } from './site-pages.js';
import { mostEntries, sitemapIndex, sitemapOf } from './sitemaps.js';
import { WikiPublicFiles } from './wiki-public-files.js';

/** Wikis of which one sitemap of sitemaps tells; most have one sitemap each. */
const wikisAtOnce = 10_000;
/** Beside the numbered parts: the pages that are of no wiki. */
const pagesPart = 'pages';
const xml = 'application/xml; charset=utf-8';
const icons = [
  { name: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
  { name: 'icon-192.png', sizes: '192x192', type: 'image/png' },
  { name: 'icon-512.png', sizes: '512x512', type: 'image/png' },
] as const;

/** What programs look for at the root of a host: robots, search engines, language models and browsers. */
@Controller()
export class SiteController {
  constructor(
    private readonly acl: Acl,
    private readonly wikis: Wikis,
    private readonly pages: Pages,
    private readonly addresses: Addresses,
    private readonly assets: WebAssets,
    private readonly files: WikiPublicFiles,
    private readonly sitePages: SitePages,
    private readonly room: ManualRoom,
  ) {}

  @Get('robots.txt')
  @Needs('nothing')
  async robots(@Req() request: DoorRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<StreamableFile> {
    const { total } = await this.wikis.published({ label: this.label(request), offset: 0, limit: 1 });
    // The platform has pages that are of no wiki.
    const least = this.label(request) === null ? 1 : 0;
    const parts = Array.from({ length: Math.max(least, Math.ceil(total / wikisAtOnce)) }, (_, at) => at + 1);
    const at = `${this.addresses.originOf(request.headers.host)}/sitemap.xml`;
    return this.text(robots(parts.map((part) => (part === 1 ? at : `${at}?part=${part}`))), reply);
  }

  @Get('sitemap.xml')
  @Needs('nothing')
  async sitemap(
    @Query('part') part: string | undefined,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const own = await this.ofHost(request, 'sitemap.xml', part);
    if (own !== null) return own;
    if (part === pagesPart)
      return this.text(sitemapOf(await this.sitePages.pages(request, this.label(request))), reply, xml);
    const number = /^[1-9]\d{0,5}$/.test(part ?? '1') ? Number(part ?? '1') : null;
    if (number === null) throw nothing();
    const offset = (number - 1) * wikisAtOnce;
    const { wikis } = await this.wikis.published({ label: this.label(request), offset, limit: wikisAtOnce });
    const extents = await this.pages.extents(wikis.map(({ id }) => id));
    const entries = wikis.flatMap((wiki) => {
      const { pages = 0, updatedAt = null } = extents.get(wiki.id) ?? {};
      return Array.from({ length: Math.ceil(pages / mostEntries) }, (_, at) => ({
        address: `${this.addresses.wiki(wiki)}/sitemap.xml?part=${at + 1}`,
        changed: updatedAt,
      }));
    });
    const isFirst = number === 1;
    const isOfPlatform = isFirst && this.label(request) === null;
    if (isOfPlatform) entries.unshift({ address: this.addresses.platform('/docs/sitemap.xml'), changed: null });
    const hasPages = isFirst && (await this.sitePages.pages(request, this.label(request))).length > 0;
    const at = `${this.addresses.originOf(request.headers.host)}/sitemap.xml?part=${pagesPart}`;
    if (hasPages) entries.unshift({ address: at, changed: null });
    return this.text(sitemapIndex(entries.slice(0, mostEntries)), reply, xml);
  }

  @Get('llms.txt')
  @Needs('nothing')
  async llms(@Req() request: DoorRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<StreamableFile> {
    const own = await this.ofHost(request, 'llms.txt');
    if (own !== null) return own;
    const { wikis } = await this.wikis.published({ label: this.label(request), offset: 0, limit: wikisAtOnce });
    const told = wikis.map((wiki) => ({ ...wiki, address: `${this.addresses.wiki(wiki)}/llms.txt` }));
    return this.text(llmsOfSite(told, this.label(request) === null ? this.toldManual() : []), reply);
  }

  @Get('llms-full.txt')
  @Needs('nothing')
  async llmsFull(@Req() request: DoorRequest): Promise<StreamableFile> {
    const own = await this.ofHost(request, 'llms-full.txt');
    if (own === null) throw nothing();
    return own;
  }

  @Get('favicon.ico')
  @Needs('nothing')
  favicon(@Res({ passthrough: true }) reply: FastifyReply): void {
    void reply.header('cache-control', 'public, max-age=86400').redirect(this.assets.address('favicon.ico'), 302);
  }

  @Get('manifest.webmanifest')
  @Needs('nothing')
  manifest(@Res({ passthrough: true }) reply: FastifyReply): StreamableFile {
    const manifest = {
      ...{ name: 'wikibot', short_name: 'wikibot', start_url: '/', display: 'minimal-ui' },
      ...{ theme_color: '#0b6b5c', background_color: '#fdfcfa' },
      icons: icons.map(({ name, ...icon }) => ({ src: this.assets.address(name), ...icon })),
    };
    return this.text(JSON.stringify(manifest), reply, 'application/manifest+json');
  }

  private toldManual() {
    return this.room.manual.pages.map(({ title, description, markdown }) => {
      return { name: title, purpose: description, address: this.addresses.platform(markdown) };
    });
  }

  /** The file of the one wiki that a host is of; null for other hosts. */
  private async ofHost(request: DoorRequest, name: string, part?: string): Promise<StreamableFile | null> {
    const { actor } = request;
    const label = this.label(request);
    if (label === null || actor === undefined) return null;
    const { wikis } = await this.wikis.published({ label, offset: 0, limit: 1 });
    const [wiki] = wikis;
    if (wiki === undefined || wiki.customSlug !== label) return null;
    return this.files.of(await this.acl.require('page.read', actor, { id: wiki.id }), name, part);
  }

  /** What stands before the name of the platform in the host that was asked; null for the platform itself. */
  private label(request: DoorRequest): string | null {
    const { hostname } = new URL(this.addresses.originOf(request.headers.host));
    const { hostName } = this.addresses;
    return hostname === hostName ? null : hostname.slice(0, -hostName.length - 1);
  }

  private text(text: string, reply: FastifyReply, type = 'text/plain; charset=utf-8'): StreamableFile {
    // The same for everybody; what is private is in none of it.
    reply.header('cache-control', 'public, max-age=3600').header('vary', 'Host');
    return new StreamableFile(Buffer.from(text), { type });
  }
}

const nothing = () => new DoorError('not-found', 'There is nothing at this address for this method.');
