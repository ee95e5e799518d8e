import { Body, Controller, Delete, HttpCode, Patch, Post, Put } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { Tokens, Wikis } from '@lib/acl';
import type { z } from 'zod';
import { Addresses } from '../http/addresses.js';
import { Answers } from '../http/answers.js';
import { Describes } from '../http/describes.js';
import { fromParams, Granted, Needs } from '../http/needs.js';
import { WikiCards } from './wiki-cards.js';
import { WikiChanges } from './wiki-changes.js';
import * as schema from './wiki.schema.js';

/** What an owner does to a whole wiki. */
@Controller('api/v1/wikis/:owner/:slug')
export class WikiLifeController {
  constructor(
    private readonly wikis: Wikis,
    private readonly tokens: Tokens,
    private readonly cards: WikiCards,
    private readonly changes: WikiChanges,
    private readonly addresses: Addresses,
  ) {}

  @Patch()
  @Describes('Change the slug, name or purpose of a wiki', 'slug-taken', 'name-not-allowed')
  @Needs('wiki.settings', fromParams)
  @Answers(schema.wikiMeta)
  async change(
    @Granted() access: Access<'wiki.settings'>,
    @Body({ schema: schema.patchPlatformWiki }) body: z.infer<typeof schema.patchPlatformWiki>,
  ) {
    return this.cards.meta(access, await this.changes.move(access, body));
  }

  @Put('visibility')
  @Describes('Make a wiki public or private')
  @Needs('wiki.publish', fromParams)
  @Answers(schema.wikiMeta)
  async publish(
    @Granted() access: Access<'wiki.publish'>,
    @Body({ schema: schema.putVisibility }) { visibility }: z.infer<typeof schema.putVisibility>,
  ) {
    return this.cards.meta(access, await this.wikis.publish(access, visibility));
  }

  @Put('custom-slug')
  @Describes('Choose a custom address, or give it back with null', 'name-taken', 'name-not-allowed', 'plan-refuses')
  @Needs('wiki.slug', fromParams)
  @Answers(schema.wikiMeta)
  async chooseSlug(
    @Granted() access: Access<'wiki.slug'>,
    @Body({ schema: schema.putCustomSlug }) { custom_slug }: z.infer<typeof schema.putCustomSlug>,
  ) {
    return this.cards.meta(access, await this.wikis.chooseSlug(access, custom_slug));
  }

  @Post('token')
  @Describes('Make a new MCP token for the wiki; the one before stops working')
  @Needs('wiki.tokens', fromParams)
  @Answers(schema.wikiToken, { status: 201 })
  async renewToken(@Granted() access: Access<'wiki.tokens'>) {
    const { secret } = await this.tokens.renewWikiToken(access);
    return { mcp_token: secret, mcp_endpoint: this.addresses.mcp(access.wiki) };
  }

  @Delete()
  @Describes('Delete a wiki; it can be restored for seven days', 'confirmation-mismatch')
  @Needs('wiki.delete', fromParams)
  @Answers(schema.wikiDeleted)
  async remove(
    @Granted() access: Access<'wiki.delete'>,
    @Body({ schema: schema.deleteWiki }) { confirmation }: z.infer<typeof schema.deleteWiki>,
  ) {
    const { restorableUntil } = await this.wikis.remove(access, confirmation);
    return { deleted: true, restorable_until: restorableUntil.toISOString() };
  }

  @Post('restore')
  @HttpCode(200)
  @Describes('Take the deletion of a wiki back', 'not-restorable', 'limit-reached')
  @Needs('wiki.restore', fromParams)
  @Answers(schema.wikiMeta)
  async restore(@Granted() access: Access<'wiki.restore'>) {
    return this.cards.meta(access, await this.wikis.restore(access));
  }
}
