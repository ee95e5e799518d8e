import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { type AccountAccess, Acl, AclError, EmailChanges, fieldsRefused, PasswordChanges, People } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { Granted, Needs } from '../../http/needs.js';
import { htmlAnswer } from '../html.js';
import { AccountPages } from './account-pages.js';
import { AccountScreen, type Refused } from './account-screen.js';
import * as schema from './accounts.schema.js';
import { OwnPassword } from './own-password.js';

type Access = AccountAccess<'account.write'>;

/** The own account in a browser. */
@Controller()
export class AccountPageController {
  constructor(
    private readonly acl: Acl,
    private readonly people: People,
    private readonly passwords: PasswordChanges,
    private readonly emails: EmailChanges,
    private readonly own: OwnPassword,
    private readonly pages: AccountPages,
  ) {}

  /** Where password managers look for it (W3C, "A Well-Known URL for Changing Passwords"). */
  @Get('.well-known/change-password')
  @Needs('nothing')
  toPassword(@Res({ passthrough: true }) reply: FastifyReply): void {
    void reply.redirect('/account#password', 303);
  }

  @Get('account')
  @Needs('nothing')
  async show(
    @Query({ schema: schema.accountQuery }) { done }: schema.AccountQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    // That there is such a page is no secret, so nobody is sent to where they can be somebody.
    if (request.actor?.kind !== 'person') return void reply.redirect('/auth/sign-in?next=%2Faccount', 303);
    const person = await this.people.read(this.acl.requireAccount('account.read', request.actor));
    return htmlAnswer(AccountScreen({ ...this.pages.base(request, reply), person, done }));
  }

  @Post('account/name')
  @HttpCode(200)
  @Needs('account.write')
  async rename(
    @Granted() access: Access,
    @Body({ schema: schema.nameForm }) { display_name: typed }: schema.NameForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const work = () => this.people.rename(access, typed);
    return this.orRefused(work, { form: 'name', typed }, access, request, reply);
  }

  @Post('account/email')
  @HttpCode(200)
  @Needs('account.write')
  async changeEmail(
    @Granted() access: Access,
    @Body({ schema: schema.emailForm }) { email: typed, own_password: password }: schema.EmailForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const work = async () => {
      // Whoever finds a browser open does not get the account by having the next password sent to themselves.
      const { hasPassword } = await this.people.read(this.acl.requireAccount('account.read', access.actor));
      if (hasPassword && !(await this.own.isRight(password, request, reply))) throw wrong('ownPassword');
      await this.emails.request(access, typed, this.pages.asking(request));
    };
    return this.orRefused(work, { form: 'email', typed }, access, request, reply);
  }

  @Post('account/password')
  @HttpCode(200)
  @Needs('account.write')
  async changePassword(
    @Granted() access: Access,
    @Body({ schema: schema.passwordForm }) form: schema.PasswordForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const work = async () => {
      if (!(await this.own.isRight(form.current_password, request, reply))) throw wrong('currentPassword');
      await this.passwords.change(access, form.new_password, this.pages.asking(request));
    };
    return this.orRefused(work, { form: 'password' }, access, request, reply);
  }

  /** Does what a form asks for, or shows the page again with what was wrong beside the field. */
  private async orRefused(
    work: () => Promise<unknown>,
    refused: Refused,
    { actor }: Access,
    request: DoorRequest,
    reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    try {
      await work();
      return void reply.redirect(`/account?done=${refused.form}`, 303);
    } catch (error) {
      const told = this.pages.fault(byField(error, refused.form), request, reply);
      const person = await this.people.read(this.acl.requireAccount('account.read', actor));
      const base = this.pages.base(request, reply);
      return htmlAnswer(AccountScreen({ ...base, person, refused: { ...refused, ...told } }));
    }
  }
}

const wrong = (field: 'ownPassword' | 'currentPassword') => fieldsRefused({ [field]: 'wrong' });

/** A refusal of a name or an address, as one of its field. */
function byField(error: unknown, form: Refused['form']): unknown {
  if (!(error instanceof AclError) || error.code !== 'name-not-allowed') return error;
  const rule = typeof error.extra['rule'] === 'string' ? error.extra['rule'] : 'length';
  return fieldsRefused({ [form === 'name' ? 'displayName' : 'email']: rule });
}
