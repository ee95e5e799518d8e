import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { type Access, Acl, Tokens } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { fromParams, Granted, Needs } from '../../http/needs.js';
import { WikiNames } from '../../tokens/wiki-names.js';
import { htmlAnswer } from '../html.js';
import { managePath } from '../layout/manage-frame.js';
import { Sites } from '../layout/sites.js';
import { textsFor } from '../texts/texts.js';
import { type FormFaults, formFaults } from './form-faults.js';
import { HandedTokens } from './handed-tokens.js';
import { fieldOf, OwnTokens } from './own-tokens.js';
import { unwrittenToken } from './token-form.js';
import * as schema from './tokens.schema.js';
import { WikiTokensScreen } from './wiki-tokens-screen.js';

type NewToken = schema.NewTokenForm;

/** The own tokens that reach a wiki. What is made here is shown where agents are connected. */
@Controller('wikis/:owner/:slug/tokens')
export class WikiTokensController {
  constructor(
    private readonly acl: Acl,
    private readonly tokens: Tokens,
    private readonly own: OwnTokens,
    private readonly names: WikiNames,
    private readonly handed: HandedTokens,
    private readonly sites: Sites,
  ) {}

  @Get()
  @Needs('wiki.read', fromParams)
  show(
    @Granted() access: Access<'wiki.read'>,
    @Query({ schema: schema.doneQuery }) { done }: schema.DoneQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage> {
    return this.page(access, request, reply, { isRevoked: done === 'revoked' });
  }

  @Post()
  @HttpCode(200)
  @Needs('wiki.read', fromParams)
  async make(
    @Granted() access: Access<'wiki.read'>,
    @Body({ schema: schema.newTokenForm }) typed: NewToken,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    try {
      this.lead(access, await this.own.makeFor(access, typed), request, reply);
    } catch (error) {
      const texts = textsFor(request.headers['accept-language']);
      const faults = formFaults(error, { texts, reply, fieldOf: (one) => fieldOf(one, typed) });
      return this.page(access, request, reply, { typed, faults });
    }
  }

  @Post('revoke')
  @HttpCode(200)
  @Needs('wiki.read', fromParams)
  async revoke(
    @Granted() { actor, wiki }: Access<'wiki.read'>,
    @Body({ schema: schema.oneToken }) { id }: schema.OneToken,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.tokens.revoke(this.acl.requireAccount('tokens.manage', actor), id);
    void reply.redirect(`${managePath(wiki, 'tokens')}?done=revoked`, 303);
  }

  @Post('renew')
  @HttpCode(200)
  @Needs('wiki.tokens', fromParams)
  async renew(
    @Granted() access: Access<'wiki.tokens'>,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    this.lead(access, await this.tokens.renewWikiToken(access), request, reply);
  }

  /** Leads to where the new token is shown, with what is done with it. */
  private lead({ wiki }: Access, token: { id: string; secret: string }, request: DoorRequest, reply: FastifyReply) {
    const place = managePath(wiki, 'connect');
    this.handed.handOn(request, reply, place, { id: token.id, secret: token.secret });
    void reply.redirect(place, 303);
  }

  private async page(access: Access<'wiki.read'>, request: DoorRequest, reply: FastifyReply, shown: Shown) {
    // Nobody has tokens, and is told where to sign in.
    this.acl.requireAccount('tokens.manage', access.actor);
    reply.header('cache-control', 'no-store');
    const { typed = unwrittenToken, faults = null, isRevoked = false } = shown;
    return htmlAnswer(
      WikiTokensScreen({
        ...{ ...this.sites.about(access, request), typed, faults, isRevoked },
        own: managePath(access.wiki, 'tokens'),
        tokens: await this.names.named(access.actor, await this.own.reaching(access)),
        choices: this.own.choices(access),
        mayRenew: this.acl.can(access, 'wiki.tokens'),
      }),
    );
  }
}

interface Shown {
  typed?: schema.TypedToken;
  faults?: FormFaults;
  isRevoked?: boolean;
}
