import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { type AccountAccess, AclError } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import { Addresses } from '../../http/addresses.js';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { Granted, Needs } from '../../http/needs.js';
import { WikiOpening } from '../../wikis/wiki-opening.js';
import { htmlAnswer } from '../html.js';
import { managePath } from '../layout/manage-frame.js';
import { Sites } from '../layout/sites.js';
import { textsFor } from '../texts/texts.js';
import { HandedTokens } from './handed-tokens.js';
import { type FormFaults, formFaults, isAbout, NotTaken } from './form-faults.js';
import { newWikiForm, type NewWikiForm, type TypedWiki, unwritten, wantedWiki } from './new-wiki.schema.js';
import { NewWikiScreen } from './new-wiki-screen.js';

/** Where one makes a wiki; it leads on to where agents are connected to it. */
@Controller('new')
export class NewWikiController {
  constructor(
    private readonly opening: WikiOpening,
    private readonly addresses: Addresses,
    private readonly handed: HandedTokens,
    private readonly sites: Sites,
  ) {}

  @Get()
  @Needs('nothing')
  show(@Req() request: DoorRequest, @Res({ passthrough: true }) reply: FastifyReply): HtmlPage | void {
    // That there is such a page is no secret, so nobody is sent to where they can be somebody.
    if (request.actor?.kind !== 'person') return void reply.redirect('/auth/sign-in?next=%2Fnew', 303);
    return this.form(request, unwritten, { fields: {}, fault: null, needsProof: false });
  }

  @Post()
  @HttpCode(200)
  @Needs('wiki.create')
  async make(
    @Granted() access: AccountAccess<'wiki.create'>,
    @Body({ schema: newWikiForm }) form: NewWikiForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    try {
      const wanted = wantedWiki(form);
      if (!wanted.success) throw new NotTaken(wanted.error);
      const { wiki, mcp_token: secret } = await this.opening.open(access, wanted.data);
      const place = managePath({ owner: { username: wiki.owner }, slug: wiki.slug }, 'connect');
      this.handed.handOn(request, reply, place, { id: 'wiki', secret, isNewWiki: true });
      return void reply.redirect(place, 303);
    } catch (error) {
      const texts = textsFor(request.headers['accept-language']);
      return this.form(request, form, formFaults(error, { texts, reply, fieldOf: (one) => fieldOf(one, form) }));
    }
  }

  private form(request: DoorRequest, typed: TypedWiki, faults: FormFaults): HtmlPage {
    const site = this.sites.of(request);
    const prefix = this.addresses.wiki({
      ...{ owner: { username: site.actor.username ?? '' }, slug: '', customSlug: null },
    });
    return htmlAnswer(NewWikiScreen({ ...site, ...faults, typed, prefix }));
  }
}

/** The field that a refusal is about, in the order in which they are looked at. */
function fieldOf(error: AclError, { slug, name }: TypedWiki): string | null {
  if (error.code === 'slug-taken') return 'slug';
  if (error.code !== 'name-not-allowed') return null;
  if (isAbout(error, slug.trim())) return 'slug';
  return isAbout(error, name) ? 'name' : 'purpose';
}
