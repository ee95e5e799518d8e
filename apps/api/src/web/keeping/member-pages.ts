import { Injectable } from '@nestjs/common';
import { type Access, Acl, AclError, Members, SignUp, WikiInvitations } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import { Addresses } from '../../http/addresses.js';
import { askingOf } from '../../http/asking.js';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { AccountPages } from '../accounts/account-pages.js';
import { faultText } from '../accounts/field.js';
import { htmlAnswer } from '../html.js';
import { managePath } from '../layout/manage-frame.js';
import { Sites } from '../layout/sites.js';
import { told } from '../told.js';
import { textsFor } from '../texts/texts.js';
import type { InviteForm, MembersQuery } from './members.schema.js';
import { MembersScreen, type MembersScreenProps } from './members-screen.js';

type Shown = Partial<Pick<MembersScreenProps, 'made' | 'fault' | 'typed'>> & MembersQuery;

/** The page of the members of a wiki, with what came of its forms. */
@Injectable()
export class MemberPages {
  constructor(
    private readonly acl: Acl,
    private readonly members: Members,
    private readonly invitations: WikiInvitations,
    private readonly signUp: SignUp,
    private readonly addresses: Addresses,
    private readonly sites: Sites,
    private readonly accounts: AccountPages,
  ) {}

  async whole(access: Access, { done, ...shown }: Shown, request: DoorRequest, reply: FastifyReply): Promise<HtmlPage> {
    // Addresses of people and links are on it: no browser or proxy keeps it.
    reply.header('cache-control', 'no-store');
    const site = this.sites.about(access, request);
    const may = {
      manage: this.acl.can(access, 'members.manage'),
      publish: this.acl.can(access, 'wiki.publish'),
      leave: this.acl.can(access, 'members.leave'),
    };
    const [members, invitations] = await Promise.all([
      this.members.list(this.acl.also(access, 'members.read')),
      may.manage ? this.invitations.list(this.acl.also(access, 'members.manage')) : [],
    ]);
    const said = done === undefined ? undefined : site.texts.keeping.members.done[done];
    return htmlAnswer(MembersScreen({ ...site, ...shown, members, invitations, may, done: said }));
  }

  /** Lets somebody in. A link is in no address and no cookie, so it is shown in the answer to the form itself. */
  async invite(
    access: Access<'members.manage'>,
    { login, role, days }: InviteForm,
    request: DoorRequest,
    reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    try {
      const made = await this.invitations.invite(access, { login, role, days }, askingOf(request));
      if (made.member !== null) return void reply.redirect(`${managePath(access.wiki, 'members')}?done=added`, 303);
      const { invitation, secret } = made;
      const isMailed = this.signUp.hasMail && invitation.email !== null;
      const link = this.addresses.invitation(secret);
      const makesAccounts = this.signUp.isOpen || this.signUp.isByInvitation;
      return await this.whole(access, { made: { link, invitation, isMailed, makesAccounts } }, request, reply);
    } catch (error) {
      const refused = this.refusal(error, request, reply);
      const typed = { login, role, days, fault: refused.login };
      return this.whole(access, { typed, fault: refused.fault ?? null }, request, reply);
    }
  }

  /** Does what a button asks for, or shows the page again with what was refused. */
  async orFault(
    access: Access,
    request: DoorRequest,
    reply: FastifyReply,
    work: () => Promise<NonNullable<MembersQuery['done']>>,
  ): Promise<HtmlPage | void> {
    try {
      const done = await work();
      return void reply.redirect(`${managePath(access.wiki, 'members')}?done=${done}`, 303);
    } catch (error) {
      return this.whole(access, { fault: told(error, reply) }, request, reply);
    }
  }

  /** What is wrong with whom was named, or with the whole. */
  private refusal(error: unknown, request: DoorRequest, reply: FastifyReply): { login?: string; fault?: string } {
    const texts = textsFor(request.headers['accept-language']);
    const { unknown, ownerFault } = texts.keeping.members;
    const faults: Partial<Record<string, string | undefined>> = {
      'user-not-found': unknown,
      'name-not-allowed': faultText(texts, 'login', 'email'),
      denied: ownerFault,
    };
    const login = error instanceof AclError ? faults[error.code] : undefined;
    if (login === undefined) {
      const refused = this.accounts.fault(error, request, reply);
      return 'fault' in refused ? refused : {};
    }
    reply.code(422);
    return { login };
  }
}
