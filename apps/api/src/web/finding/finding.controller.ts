import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { Gardening, Pages } from '@lib/wiki';
import type { DoorRequest } from '../../http/door-request.js';
import { Granted, Needs } from '../../http/needs.js';
import { HtmlPage } from '../../http/html-page.js';
import { htmlAnswer } from '../html.js';
import { Frames } from '../layout/frames.js';
import * as schema from './finding.schema.js';
import { GardenScreen, LabelsScreen, PagesScreen } from './list-screens.js';

const pageOfPages = 500;
const garden = { staleDays: 365, oversizedWords: 5_000, undersizedWords: 20, limit: 200 };

/** Ways to a page: by letters, by labels, and by what needs care. */
@Controller('~wiki/-')
export class FindingController {
  constructor(
    private readonly pages: Pages,
    private readonly gardening: Gardening,
    private readonly frames: Frames,
  ) {}

  @Get('index')
  @Needs('page.read')
  async index(
    @Granted() access: Access<'page.read'>,
    @Query({ schema: schema.part }) { cursor }: schema.Part,
    @Req() request: DoorRequest,
  ): Promise<HtmlPage> {
    const frame = this.frames.of(access, request);
    return this.list(access, request, { heading: frame.texts.index, address: `${frame.base}/-/index`, cursor });
  }

  @Get('tags')
  @Needs('page.read')
  async labels(@Granted() access: Access<'page.read'>, @Req() request: DoorRequest): Promise<HtmlPage> {
    const [tags, categories] = await Promise.all([this.pages.tags(access), this.pages.categories(access)]);
    return htmlAnswer(LabelsScreen({ ...this.frames.of(access, request), tags, categories }));
  }

  @Get('tag/:tag')
  @Needs('page.read')
  async tagged(
    @Granted() access: Access<'page.read'>,
    @Param('tag') tag: string,
    @Query({ schema: schema.part }) { cursor }: schema.Part,
    @Req() request: DoorRequest,
  ): Promise<HtmlPage> {
    const address = `${this.frames.base(access)}/-/tag/${encodeURIComponent(tag)}`;
    return this.list(access, request, { heading: `#${tag}`, address, cursor, filter: { tag } });
  }

  @Get('category/:category')
  @Needs('page.read')
  async inCategory(
    @Granted() access: Access<'page.read'>,
    @Param('category') category: string,
    @Query({ schema: schema.part }) { cursor }: schema.Part,
    @Req() request: DoorRequest,
  ): Promise<HtmlPage> {
    const address = `${this.frames.base(access)}/-/category/${encodeURIComponent(category)}`;
    return this.list(access, request, { heading: category, address, cursor, filter: { category } });
  }

  @Get('garden')
  @Needs('garden.read')
  async garden(@Granted() access: Access<'garden.read'>, @Req() request: DoorRequest): Promise<HtmlPage> {
    const report = await this.gardening.report(access, garden);
    return htmlAnswer(GardenScreen({ ...this.frames.of(access, request), ...report }));
  }

  private async list(
    access: Access<'page.read'>,
    request: DoorRequest,
    {
      heading,
      address,
      cursor,
      filter = {},
    }: { heading: string; address: string; cursor: string | undefined; filter?: { tag?: string; category?: string } },
  ): Promise<HtmlPage> {
    const { pages, total, next } = await this.pages.list(access, { ...filter, cursor, limit: pageOfPages });
    const frame = this.frames.of(access, request);
    const canonical = cursor === undefined ? this.frames.canonical(access, address) : null;
    return htmlAnswer(PagesScreen({ ...frame, canonical, heading, pages, total, next, address }));
  }
}
