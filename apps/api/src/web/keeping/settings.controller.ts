import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { Access } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { fromParams, Granted, Needs } from '../../http/needs.js';
import * as schema from './settings.schema.js';
import { SettingsPages } from './settings-pages.js';

/** The settings of a wiki in a browser, to its end. */
@Controller('wikis/:owner/:slug/settings')
export class SettingsController {
  constructor(private readonly pages: SettingsPages) {}

  /** Also for a wiki whose payment has lapsed, which can be deleted and nothing else. */
  @Get()
  @Needs('wiki.delete', fromParams)
  show(
    @Granted() access: Access<'wiki.delete'>,
    @Query({ schema: schema.settingsQuery }) query: schema.SettingsQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage> {
    return this.pages.whole(access, query, request, reply);
  }

  @Post()
  @HttpCode(200)
  @Needs('wiki.settings', fromParams)
  save(
    @Granted() access: Access<'wiki.settings'>,
    @Body({ schema: schema.settingsForm }) form: schema.SettingsForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    return this.pages.save(access, form, request, reply);
  }

  @Post('slug')
  @HttpCode(200)
  @Needs('wiki.rename', fromParams)
  rename(
    @Granted() access: Access<'wiki.rename'>,
    @Body({ schema: schema.slugForm }) { slug }: schema.SlugForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    return this.pages.rename(access, slug, request, reply);
  }

  @Post('custom-slug')
  @HttpCode(200)
  @Needs('wiki.slug', fromParams)
  chooseSlug(
    @Granted() access: Access<'wiki.slug'>,
    @Body({ schema: schema.customSlugForm }) form: schema.CustomSlugForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    return this.pages.chooseSlug(access, form, request, reply);
  }

  @Post('delete')
  @HttpCode(200)
  @Needs('wiki.delete', fromParams)
  remove(
    @Granted() access: Access<'wiki.delete'>,
    @Body({ schema: schema.deleteForm }) { confirmation }: schema.DeleteForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    return this.pages.remove(access, confirmation, request, reply);
  }
}
