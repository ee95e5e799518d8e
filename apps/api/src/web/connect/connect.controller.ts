import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { type Access, Acl } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import { type Connection, snippetsFor, tokenPlaceholder } from '../../connect/snippets.js';
import { Addresses } from '../../http/addresses.js';
import { Answers } from '../../http/answers.js';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { fromParams, Granted, Needs } from '../../http/needs.js';
import { htmlAnswer } from '../html.js';
import { managePath } from '../layout/manage-frame.js';
import { Sites } from '../layout/sites.js';
import { textsFor } from '../texts/texts.js';
import { AgentCalls, type Calls, callsAnswer } from './calls.js';
import { ConnectScreen, type FreshToken } from './connect-screen.js';
import { type FormFaults, formFaults } from './form-faults.js';
import { HandedTokens } from './handed-tokens.js';
import { fieldOf, OwnTokens } from './own-tokens.js';
import { unwrittenToken } from './token-form.js';
import { callsQuery, type CallsQuery, clientForm, type ClientForm } from './tokens.schema.js';

/** The clients that most connect with. */
const usualClient = 'Claude Code';

/** Where agents are connected to a wiki. */
@Controller('wikis/:owner/:slug/connect')
export class ConnectController {
  constructor(
    private readonly acl: Acl,
    private readonly own: OwnTokens,
    private readonly handed: HandedTokens,
    private readonly calls: AgentCalls,
    private readonly addresses: Addresses,
    private readonly sites: Sites,
  ) {}

  @Get()
  @Needs('mcp.use', fromParams)
  async show(
    @Granted() access: Access<'mcp.use'>,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage> {
    return this.page(access, request, reply, { fresh: await this.fresh(access, request, reply) });
  }

  @Post()
  @HttpCode(200)
  @Needs('mcp.use', fromParams)
  async make(
    @Granted() access: Access<'mcp.use'>,
    @Body({ schema: clientForm }) form: ClientForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const typed = { ...unwrittenToken, ...form };
    const place = managePath(access.wiki, 'connect');
    try {
      this.handed.handOn(request, reply, place, await this.own.makeFor(access, typed));
      return void reply.redirect(place, 303);
    } catch (error) {
      const texts = textsFor(request.headers['accept-language']);
      const faults = formFaults(error, { texts, reply, fieldOf: (one) => fieldOf(one, typed) });
      return this.page(access, request, reply, { fresh: null, typed, faults });
    }
  }

  /** How it stands; the script of the page asks again and again. */
  @Get('calls')
  @Needs('mcp.use', fromParams)
  @Answers(callsAnswer)
  async how(
    @Granted() access: Access<'mcp.use'>,
    @Query({ schema: callsQuery }) query: CallsQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Calls> {
    this.acl.requireAccount('tokens.manage', access.actor);
    reply.header('cache-control', 'no-store');
    return this.calls.since(access, query, textsFor(request.headers['accept-language']));
  }

  /** The token that was made by the form before. */
  private async fresh(access: Access, request: DoorRequest, reply: FastifyReply): Promise<FreshToken | null> {
    const handed = this.handed.take(request, reply, managePath(access.wiki, 'connect'));
    if (handed === null) return null;
    const tokens = await this.own.reaching(access);
    const row = tokens.find(({ id, kind }) => (handed.id === 'wiki' ? kind === 'wiki' : id === handed.id));
    return row === undefined ? null : { row, secret: handed.secret, isNewWiki: handed.isNewWiki === true };
  }

  private async page(
    access: Access<'mcp.use'>,
    request: DoorRequest,
    reply: FastifyReply,
    { fresh, typed, faults = null }: Shown,
  ): Promise<HtmlPage> {
    reply.header('cache-control', 'no-store');
    const managed = this.sites.about(access, request);
    const choices = this.own.choices(access).filter((may) => may !== 'admin');
    const mayWrite = choices.includes('write') && (fresh?.row.verbs.includes('write') ?? true);
    return htmlAnswer(
      ConnectScreen({
        ...{ ...managed, fresh, choices, faults, mayWrite, own: managePath(access.wiki, 'connect') },
        typed: typed ?? { label: usualClient, may: choices.at(-1) ?? 'read' },
        snippets: snippetsFor(this.connection(access, fresh)),
        live: await this.live(access, fresh, request),
      }),
    );
  }

  private async live(access: Access, fresh: FreshToken | null, request: DoorRequest) {
    if (!this.acl.canAccount('tokens.manage', access.actor)) return null;
    const watch = await this.calls.from(access, fresh?.row.id);
    return { watch, calls: await this.calls.since(access, watch, textsFor(request.headers['accept-language'])) };
  }

  private connection({ wiki, actor }: Access, fresh: FreshToken | null): Connection {
    const { addresses } = this;
    const token = fresh?.secret ?? tokenPlaceholder;
    return {
      ...{ name: wiki.slug, mcp: addresses.mcp(wiki), rest: addresses.rest(wiki) },
      // git always takes the whole wiki.
      git: fresh === null || fresh.row.paths === null ? addresses.git(wiki) : null,
      credential: actor.username === null ? null : { username: actor.username, token },
    };
  }
}

interface Shown {
  fresh: FreshToken | null;
  typed?: ClientForm;
  faults?: FormFaults | null;
}
