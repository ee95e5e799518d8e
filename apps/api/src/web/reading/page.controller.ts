import { Controller, Get, Param, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { pageAddress } from '@lib/markdown';
import { Attachments, Pages, PageTexts, PageTree, type PageView, WikiError } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import { DoorError } from '../../http/door-error.js';
import type { DoorRequest } from '../../http/door-request.js';
import { Granted, Needs } from '../../http/needs.js';
import { HtmlPage } from '../../http/html-page.js';
import { htmlAnswer } from '../html.js';
import { WikiPublicFiles } from '../public/wiki-public-files.js';
import { Frames } from '../layout/frames.js';
import { keptForGood, servedFile } from '../served-file.js';
import { MissingScreen } from './missing-screen.js';
import { OpenLane } from './open-lane.js';
import { homes } from './homes.js';
import { OpenPages } from './open-pages.js';
import { PageScreen } from './page-screen.js';
import { ShownPages } from './shown-pages.js';
import { wantsMarkdown } from './wants-markdown.js';

const home = 'Home';
const reserved = /^(?:api|mcp|\.well-known|-)(?:\/|$)/;
const mostBelow = 500;

/** Pages and files of a wiki at their own addresses, for browsers and for whoever wants the markdown. */
@Controller('~wiki')
export class PageController {
  constructor(
    private readonly pages: Pages,
    private readonly attachments: Attachments,
    private readonly shown: ShownPages,
    private readonly texts: PageTexts,
    private readonly tree: PageTree,
    private readonly open: OpenPages,
    private readonly lane: OpenLane,
    private readonly frames: Frames,
    private readonly publicFiles: WikiPublicFiles,
  ) {}

  @Get(['', '*'])
  @Needs('page.read')
  async read(
    @Granted() access: Access<'page.read'>,
    @Param('*') asked: string | undefined,
    @Query('revision') revision: string | undefined,
    @Query('part') part: string | undefined,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | HtmlPage | void> {
    if (asked === undefined || asked === '') return this.first(access, request, reply);
    // Whatever begins so belongs to another door, or to a page of ours that there is not.
    if (reserved.test(asked)) throw new DoorError('not-found', 'There is nothing at this address for this method.');
    const path = asked;
    const named = /^(.+)\.md$/is.exec(path)?.[1];
    if (named !== undefined) return this.markdown(access, { path: named, revision }, reply);
    const view = await this.view(access, path, revision);
    if (view === null)
      return (
        (await this.file(access, { path, revision }, request, reply)) ??
        // A wiki's own file of that name comes first.
        (await this.publicFiles.of(access, path, part)) ??
        this.missing(access, path, request, reply)
      );
    return wantsMarkdown(request.headers.accept)
      ? this.markdown(access, { path, revision }, reply)
      : this.page(access, view, request);
  }

  /** A page whose path could be taken for something else. */
  @Get('-/page/*')
  @Needs('page.read')
  async oddlyNamed(
    @Granted() access: Access<'page.read'>,
    @Param('*') path: string,
    @Query('revision') revision: string | undefined,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | HtmlPage | void> {
    const view = await this.view(access, path, revision);
    if (view !== null) return this.page(access, view, request);
    const named = /^(.+)\.md$/is.exec(path)?.[1];
    const isText = named !== undefined && (await this.view(access, named, revision)) !== null;
    return isText
      ? this.markdown(access, { path: named, revision }, reply)
      : this.missing(access, path, request, reply);
  }

  /** A file whose path could be taken for something else. */
  @Get('-/file/*')
  @Needs('page.read')
  async oddFile(
    @Granted() access: Access<'page.read'>,
    @Param('*') path: string,
    @Query('revision') revision: string | undefined,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const file = await this.file(access, { path, revision }, request, reply);
    if (file === null) throw new DoorError('not-found', 'There is no such file.');
    return file;
  }

  private async first(
    access: Access<'page.read'>,
    request: DoorRequest,
    reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    for (const name of homes) {
      const path = (await this.texts.meant(access, name)) ?? name;
      const view = await this.view(access, path);
      if (view !== null) return this.page(access, view, request);
    }
    return this.missing(access, home, request, reply);
  }

  private async page(access: Access<'page.read'>, view: PageView, request: DoorRequest): Promise<HtmlPage> {
    // Of a person's page the frame shows more, and forms carry what is this session's alone.
    const isOpen = access.actor.username === null;
    const around = this.frames.nameOf(access, request);
    const known = isOpen ? this.open.get(view, around) : undefined;
    if (known !== undefined) {
      this.lane.remember(request, view.path);
      return known;
    }
    const frame = this.frames.of(access, request);
    const [shown, folder, levels] = await Promise.all([
      this.shown.of(access, view, frame.base),
      this.folder(access, view.path),
      this.tree.around(access, view.path),
    ]);
    const canonical = view.isHistoric ? null : this.frames.canonical(access, pageAddress(frame.base, view.path));
    const page = htmlAnswer(PageScreen({ ...frame, canonical, view, shown, folderPages: folder.paths, levels }));
    if (isOpen && shown !== null && !folder.isBehind && !view.isHistoric) {
      this.open.keep(view, around, page);
      this.lane.remember(request, view.path);
    }
    return page;
  }

  private async missing(
    access: Access<'page.read'>,
    path: string,
    request: DoorRequest,
    reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const meant = await this.texts.meant(access, path);
    if (meant !== null) return void reply.redirect(pageAddress(this.frames.base(access), meant), 302);
    const [{ linkedFrom }, below, levels] = await Promise.all([
      this.pages.links(access, path),
      this.below(access, path),
      this.tree.around(access, path),
    ]);
    reply.code(below.length > 0 ? 200 : 404);
    return htmlAnswer(MissingScreen({ ...this.frames.of(access, request), path, linkedFrom, below, levels }));
  }

  private async below(access: Access<'page.read'>, path: string): Promise<string[]> {
    return (await this.folder(access, path)).paths;
  }

  private async folder(access: Access<'page.read'>, path: string): Promise<{ paths: string[]; isBehind: boolean }> {
    const { pages, behind } = await this.pages.list(access, { prefix: `${path}/`, limit: mostBelow });
    return { paths: pages.map((page) => page.path), isBehind: behind > 0 };
  }

  private async view(access: Access<'page.read'>, path: string, revision?: string): Promise<PageView | null> {
    return orNull('page-not-found', () => this.pages.read(access, { path, revision }));
  }

  private async markdown(
    access: Access<'page.read'>,
    asked: { path: string; revision: string | undefined },
    reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { bytes, blob } = await this.pages.source(access, asked);
    reply.header('etag', `"${blob}"`);
    return servedFile({ bytes, mime: 'text/markdown; charset=utf-8', filename: null }, reply);
  }

  private async file(
    access: Access<'page.read'>,
    { path, revision }: { path: string; revision: string | undefined },
    request: DoorRequest,
    reply: FastifyReply,
  ): Promise<StreamableFile | null> {
    const file = await orNull('attachment-not-found', () => this.attachments.file(access, path, revision));
    if (file === null) return null;
    const tag = `"${file.blob}"`;
    reply.header('etag', tag);
    // A whole commit id names the same bytes for good.
    if (revision !== undefined && /^[0-9a-f]{40}$/.test(revision)) reply.header('cache-control', keptForGood);
    // Of a file that changed since, a part would not fit to what the client has.
    const { range, 'if-range': known = tag } = request.headers;
    const filename = path.split('/').at(-1) ?? path;
    return servedFile({ ...file, filename, range: known === tag ? range : undefined }, reply);
  }
}

async function orNull<T>(code: WikiError['code'], work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WikiError && error.code === code) return null;
    throw error;
  }
}
