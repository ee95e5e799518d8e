import { Injectable } from '@nestjs/common';
import { type Access, Acl } from '@lib/acl';
import { Addresses } from '../../http/addresses.js';
import { type DoorRequest, originalUrl, wikiHostOfRequest } from '../../http/door-request.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { authPaths } from '../security/auth-paths.js';
import { textsFor } from '../texts/texts.js';
import { WebAssets } from '../web-assets.js';
import type { Managed, ManagePart } from './manage-frame.js';
import type { Site } from './site-frame.js';

const rightOf = {
  connect: 'mcp.use',
  members: 'members.read',
  tokens: 'wiki.read',
  // The end of a wiki is on the same page, and stays possible where its settings are not.
  settings: 'wiki.delete',
  copies: 'wiki.export',
} as const satisfies Record<ManagePart, string>;

/** Puts together what the frames around the pages of the platform show. */
@Injectable()
export class Sites {
  constructor(
    private readonly acl: Acl,
    private readonly addresses: Addresses,
    private readonly assets: WebAssets,
    private readonly cookies: SessionCookies,
  ) {}

  /** The frame around a page of the platform. */
  of(request: DoorRequest): Site {
    const { actor } = request;
    if (actor === undefined) throw new Error('Nobody was asked who is asking.');
    return {
      ...{ actor, assets: this.assets, texts: textsFor(request.headers['accept-language']) },
      ownFormToken: this.cookies.ownFormToken(request),
      next: request.url.startsWith('/auth/') ? null : originalUrl(request),
      platform: wikiHostOfRequest(request) === null ? '' : this.addresses.origin,
      auth: authPaths(request),
    };
  }

  /** The frame around a page about a wiki as a whole. */
  about(access: Access, request: DoorRequest): Managed {
    const { wiki } = access;
    return { ...this.of(request), wiki, address: this.addresses.wikiLink(wiki), parts: this.parts(access) };
  }

  /** The parts of keeping a wiki that whoever asks may see. */
  parts(access: Access): ManagePart[] {
    const hasTokens = this.acl.canAccount('tokens.manage', access.actor);
    const parts = (Object.keys(rightOf) as ManagePart[]).filter((part) => part !== 'tokens' || hasTokens);
    return parts.filter((part) => this.acl.can(access, rightOf[part]));
  }
}
