import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { type AccountAccess, Acl, type SignedInActor, Sessions, Tokens, Wikis } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import { snippetsFor } from '../../connect/snippets.js';
import { Addresses } from '../../http/addresses.js';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { Granted, Needs } from '../../http/needs.js';
import { tokenFields } from '../../tokens/token-answers.js';
import { WikiNames } from '../../tokens/wiki-names.js';
import { htmlAnswer } from '../html.js';
import { Sites } from '../layout/sites.js';
import { textsFor } from '../texts/texts.js';
import { AccountTokensScreen, type FreshAccountToken } from './account-tokens-screen.js';
import { type FormFaults, formFaults, NotTaken } from './form-faults.js';
import { HandedTokens } from './handed-tokens.js';
import { fieldOf } from './own-tokens.js';
import { unwrittenToken } from './token-form.js';
import * as schema from './tokens.schema.js';

type Access = AccountAccess<'tokens.manage'>;

const own = '/account/tokens';

/** All own tokens, over all wikis. */
@Controller('account/tokens')
export class AccountTokensController {
  constructor(
    private readonly acl: Acl,
    private readonly tokens: Tokens,
    private readonly sessions: Sessions,
    private readonly wikis: Wikis,
    private readonly names: WikiNames,
    private readonly handed: HandedTokens,
    private readonly addresses: Addresses,
    private readonly sites: Sites,
  ) {}

  @Get()
  @Needs('nothing')
  async show(
    @Query({ schema: schema.doneQuery }) { done }: schema.DoneQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    // That there is such a page is no secret, so nobody is sent to where they can be somebody.
    if (request.actor?.kind !== 'person') return void reply.redirect('/auth/sign-in?next=%2Faccount%2Ftokens', 303);
    const access = this.acl.requireAccount('tokens.manage', request.actor);
    const fresh = await this.fresh(access, request, reply);
    return this.page(access, request, reply, { fresh, isRevoked: done === 'revoked' });
  }

  @Post()
  @HttpCode(200)
  @Needs('tokens.manage')
  async make(
    @Granted() access: Access,
    @Body({ schema: schema.newAccountTokenForm }) form: schema.NewAccountTokenForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const chosen = form.reach === 'all' ? null : schema.chosenWikis(form);
    const texts = textsFor(request.headers['accept-language']);
    try {
      const wanted = schema.wantedToken(form, chosen ?? undefined);
      if (!wanted.success) throw new NotTaken(wanted.error);
      const wikis = await this.names.ids(access.actor, chosen);
      const { id, secret } = await this.tokens.create(access, { ...tokenFields(wanted.data), wikis });
      this.handed.handOn(request, reply, own, { id, secret });
      return void reply.redirect(own, 303);
    } catch (error) {
      const faults = formFaults(error, { texts, reply, fieldOf: (one) => fieldOf(one, form) });
      // The schema would speak of lists.
      if (chosen?.length === 0) faults.fields['wikis'] = texts.connect.tokens.chooseOne;
      return this.page(access, request, reply, { typed: form, chosen, faults });
    }
  }

  @Post('revoke')
  @HttpCode(200)
  @Needs('tokens.manage')
  async revoke(
    @Granted() access: Access,
    @Body({ schema: schema.oneToken }) { id }: schema.OneToken,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.tokens.revoke(access, id);
    void reply.redirect(`${own}?done=revoked`, 303);
  }

  private async fresh(access: Access, request: DoorRequest, reply: FastifyReply): Promise<FreshAccountToken | null> {
    const handed = this.handed.take(request, reply, own);
    if (handed === null) return null;
    const row = (await this.tokens.list(access)).find(({ id }) => id === handed.id);
    if (row === undefined) return null;
    const { secret } = handed;
    const credential = { username: access.actor.username, token: secret };
    const mcp = this.addresses.platform('/mcp');
    return {
      label: row.label,
      secret,
      snippets: snippetsFor({ name: 'wikibot', mcp, rest: null, git: null, credential }),
    };
  }

  private async page(access: Access, request: DoorRequest, reply: FastifyReply, shown: Shown): Promise<HtmlPage> {
    reply.header('cache-control', 'no-store');
    const { fresh = null, typed = unwrittenToken, chosen = null, faults = null, isRevoked = false } = shown;
    const { actor } = access;
    const [tokens, mine, isProved] = await Promise.all([
      this.tokens.list(access).then((all) => this.names.named(actor, all)),
      this.wikis.ofActor(actor),
      this.isProved(actor),
    ]);
    const wikis = mine.map(({ wiki }) => `${wiki.owner.username}/${wiki.slug}`);
    return htmlAnswer(
      AccountTokensScreen({
        ...{ ...this.sites.of(request), own, tokens, wikis, fresh, typed, chosen, faults, isRevoked, isProved },
      }),
    );
  }

  private async isProved(actor: SignedInActor): Promise<boolean> {
    return actor.session !== undefined && this.sessions.isProved(this.acl.requireAccount('account.read', actor));
  }
}

interface Shown {
  fresh?: FreshAccountToken | null;
  typed?: schema.TypedToken;
  chosen?: readonly string[] | null;
  faults?: FormFaults;
  isRevoked?: boolean;
}
