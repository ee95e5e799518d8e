import { Controller, Get, Query, Req } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { pageAddress } from '@lib/markdown';
import { type LinkMapFilter, Pages } from '@lib/wiki';
import type { DoorRequest } from '../../http/door-request.js';
import { Granted, Needs } from '../../http/needs.js';
import { HtmlPage } from '../../http/html-page.js';
import { htmlAnswer } from '../html.js';
import { Frames } from '../layout/frames.js';
import * as schema from './finding.schema.js';
import { GraphScreen } from './graph-screen.js';

const mostInTable = 50;

/** How the pages of a wiki hang together: as a picture, and as a list that says the same. */
@Controller('~wiki/-/graph')
export class GraphController {
  constructor(
    private readonly pages: Pages,
    private readonly frames: Frames,
  ) {}

  @Get()
  @Needs('page.read')
  async graph(
    @Granted() access: Access<'page.read'>,
    @Query({ schema: schema.graphQuery }) form: schema.GraphQuery,
    @Req() request: DoorRequest,
  ): Promise<HtmlPage> {
    const { around } = form;
    const [map, links, folders, tags] = await Promise.all([
      this.pages.linkMap(access, { ...filterOf(form), limit: mostInTable }),
      around === undefined ? null : this.pages.links(access, around),
      this.pages.folders(access),
      this.pages.tags(access),
    ]);
    const frame = this.frames.of(access, request);
    const table = map.pages.filter(({ isMissing }) => !isMissing);
    return htmlAnswer(GraphScreen({ ...frame, form, pages: table, total: map.total, links, folders, tags }));
  }

  /** What the picture is drawn from; JSON. */
  @Get('data')
  @Needs('page.read')
  async data(@Granted() access: Access<'page.read'>, @Query({ schema: schema.graphQuery }) form: schema.GraphQuery) {
    const base = this.frames.base(access);
    const map = await this.pages.linkMap(access, filterOf(form));
    return { ...map, pages: map.pages.map((page) => ({ ...page, address: pageAddress(base, page.path) })) };
  }
}

const filterOf = ({ folder, tag, around, depth }: schema.GraphQuery): LinkMapFilter => ({
  ...{ tag, around, depth },
  prefix: folder === undefined ? undefined : `${folder}/`,
});
