import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { type Access, Acl, AclError, Members, WikiInvitations, Wikis } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { fromParams, Granted, Needs } from '../../http/needs.js';
import { htmlAnswer } from '../html.js';
import { managePath } from '../layout/manage-frame.js';
import { Sites } from '../layout/sites.js';
import { MemberPages } from './member-pages.js';
import * as schema from './members.schema.js';
import { QuestionScreen } from './question-screen.js';

/** Who has which role on a wiki, and who may read it, in a browser. */
@Controller('wikis/:owner/:slug/members')
export class MembersPageController {
  constructor(
    private readonly acl: Acl,
    private readonly members: Members,
    private readonly invitations: WikiInvitations,
    private readonly wikis: Wikis,
    private readonly sites: Sites,
    private readonly pages: MemberPages,
  ) {}

  @Get()
  @Needs('members.read', fromParams)
  show(
    @Granted() access: Access<'members.read'>,
    @Query({ schema: schema.membersQuery }) query: schema.MembersQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage> {
    return this.pages.whole(access, query, request, reply);
  }

  @Post('invite')
  @HttpCode(200)
  @Needs('members.manage', fromParams)
  invite(
    @Granted() access: Access<'members.manage'>,
    @Body({ schema: schema.inviteForm }) form: schema.InviteForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    return this.pages.invite(access, form, request, reply);
  }

  @Post('revoke')
  @HttpCode(200)
  @Needs('members.manage', fromParams)
  revoke(
    @Granted() access: Access<'members.manage'>,
    @Body({ schema: schema.revokeForm }) { id }: schema.RevokeForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    return this.pages.orFault(access, request, reply, async () => {
      await this.invitations.revoke(access, id);
      return 'revoked';
    });
  }

  @Post('role')
  @HttpCode(200)
  @Needs('members.manage', fromParams)
  changeRole(
    @Granted() access: Access<'members.manage'>,
    @Body({ schema: schema.roleForm }) { username, role }: schema.RoleForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    return this.pages.orFault(access, request, reply, async () => {
      // Whose role was taken away meanwhile does not get another one by an old button.
      await this.named(access, username);
      await this.members.set(access, username, role);
      return 'role';
    });
  }

  @Get('remove/:username')
  @Needs('members.manage', fromParams)
  async askToRemove(
    @Granted() access: Access<'members.manage'>,
    @Param('username') asked: string,
    @Req() request: DoorRequest,
  ): Promise<HtmlPage> {
    const { username } = await this.named(access, asked);
    const site = this.sites.about(access, request);
    const { removing } = site.texts.keeping.members;
    const { wiki } = access;
    return htmlAnswer(
      QuestionScreen({
        ...{ ...site, part: 'members', title: removing.title(username), lines: [removing[wiki.visibility](username)] },
        ...{ action: `${managePath(wiki, 'members')}/remove`, fields: { username }, isDanger: true },
        button: removing.button,
      }),
    );
  }

  @Post('remove')
  @HttpCode(200)
  @Needs('members.manage', fromParams)
  remove(
    @Granted() access: Access<'members.manage'>,
    @Body({ schema: schema.removeForm }) { username }: schema.RemoveForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    return this.pages.orFault(access, request, reply, async () => {
      await this.members.remove(access, username);
      return 'removed';
    });
  }

  @Get('leave')
  @Needs('members.leave', fromParams)
  askToLeave(@Granted() access: Access<'members.leave'>, @Req() request: DoorRequest): HtmlPage {
    const site = this.sites.about(access, request);
    const { leaving } = site.texts.keeping.members;
    const { wiki } = access;
    return htmlAnswer(
      QuestionScreen({
        ...{ ...site, part: 'members', title: leaving.title, lines: [leaving[wiki.visibility]] },
        ...{ action: `${managePath(wiki, 'members')}/leave`, fields: {}, button: leaving.button, isDanger: true },
      }),
    );
  }

  /** A wiki that was left is listed no more where one is led. */
  @Post('leave')
  @HttpCode(200)
  @Needs('members.leave', fromParams)
  async leave(
    @Granted() access: Access<'members.leave'>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.members.leave(access);
    void reply.redirect('/', 303);
  }

  @Get('publish')
  @Needs('wiki.publish', fromParams)
  askToPublish(@Granted() access: Access<'wiki.publish'>, @Req() request: DoorRequest): HtmlPage {
    const site = this.sites.about(access, request);
    const { publish } = site.texts.keeping.members;
    return htmlAnswer(
      QuestionScreen({
        ...{ ...site, part: 'members', title: publish.title, lines: [publish.text, publish.stays], list: publish.what },
        ...{ action: `${managePath(access.wiki, 'members')}/visibility`, fields: { visibility: 'public' } },
        ...{ button: publish.button, isDanger: false },
      }),
    );
  }

  @Post('visibility')
  @HttpCode(200)
  @Needs('wiki.publish', fromParams)
  publish(
    @Granted() access: Access<'wiki.publish'>,
    @Body({ schema: schema.visibilityForm }) { visibility }: schema.VisibilityForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    return this.pages.orFault(access, request, reply, async () => {
      await this.wikis.publish(access, visibility);
      return visibility;
    });
  }

  private async named(access: Access<'members.manage'>, username: string) {
    const members = await this.members.list(this.acl.also(access, 'members.read'));
    const member = members.find((one) => one.username === username && one.role !== 'owner');
    if (member !== undefined) return member;
    throw new AclError('member-not-found', `${username.slice(0, 100)} has no role on this wiki.`);
  }
}
