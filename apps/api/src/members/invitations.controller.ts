import { Body, Controller, Delete, Get, Param, Post, Req } from '@nestjs/common';
import type { Access, OpenInvitation } from '@lib/acl';
import { WikiInvitations } from '@lib/acl';
import type { z } from 'zod';
import { Addresses } from '../http/addresses.js';
import { Answers } from '../http/answers.js';
import { askingOf } from '../http/asking.js';
import { Describes } from '../http/describes.js';
import type { DoorRequest } from '../http/door-request.js';
import { fromParams, Granted, Needs } from '../http/needs.js';
import * as schema from './invitation.schema.js';
import { memberAnswer } from './member-answers.js';

/** Asking people in who may have no account yet. */
@Controller('api/v1/wikis/:owner/:slug/invitations')
export class InvitationsController {
  constructor(
    private readonly invitations: WikiInvitations,
    private readonly addresses: Addresses,
  ) {}

  @Get()
  @Describes('Invitations that nobody has accepted yet')
  @Needs('members.manage', fromParams)
  @Answers(schema.invitationList)
  async list(@Granted() access: Access<'members.manage'>) {
    const invitations = (await this.invitations.list(access)).map(invitationAnswer);
    return { invitations, total: invitations.length };
  }

  @Post()
  @Describes(
    'Give a person a role, or make a link by which one person gets it',
    'user-not-found',
    'name-not-allowed',
    'limit-reached',
    'too-many-failures',
  )
  @Needs('members.manage', fromParams)
  @Answers(schema.invited, { status: 201 })
  async invite(
    @Granted() access: Access<'members.manage'>,
    @Body({ schema: schema.invite }) { login, role, days }: z.infer<typeof schema.invite>,
    @Req() request: DoorRequest,
  ) {
    const made = await this.invitations.invite(access, { login: login ?? '', role, days }, askingOf(request));
    if (made.member !== null) return { member: memberAnswer(made.member), invitation: null };
    const link = this.addresses.invitation(made.secret);
    return { member: null, invitation: { ...invitationAnswer(made.invitation), link } };
  }

  @Delete(':id')
  @Describes('Revoke an invitation before it is accepted', 'invitation-not-found')
  @Needs('members.manage', fromParams)
  @Answers(schema.invitationRevoked)
  async revoke(@Granted() access: Access<'members.manage'>, @Param('id') id: string) {
    await this.invitations.revoke(access, id);
    return { revoked: true, id };
  }
}

function invitationAnswer({ id, email, role, by, createdAt, expiresAt }: OpenInvitation) {
  return {
    ...{ id, email, role, invited_by: by },
    ...{ created_at: createdAt.toISOString(), expires_at: expiresAt.toISOString() },
  };
}
