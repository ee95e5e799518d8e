import { Injectable } from '@nestjs/common';
import { type Access, Acl } from '@lib/acl';
import { Addresses } from '../../http/addresses.js';
import type { DoorRequest } from '../../http/door-request.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { authPaths } from '../security/auth-paths.js';
import { textsFor } from '../texts/texts.js';
import { WebAssets } from '../web-assets.js';
import type { Frame } from './wiki-frame.js';

/** Puts together what the frame around every page of a wiki shows. */
@Injectable()
export class Frames {
  constructor(
    private readonly acl: Acl,
    private readonly addresses: Addresses,
    private readonly assets: WebAssets,
    private readonly cookies: SessionCookies,
  ) {}

  of(access: Access, request: DoorRequest): Omit<Frame, 'title' | 'path'> {
    const { wiki, actor } = access;
    return {
      ...{ wiki, actor, assets: this.assets, texts: textsFor(request.headers['accept-language']) },
      base: this.base(access),
      mayWrite: this.acl.can(access, 'page.write'),
      auth: authPaths(request),
      ownFormToken: this.cookies.ownFormToken(request),
    };
  }

  /** The address of the wiki within its host, without a slash at the end. */
  base({ wiki }: Access): string {
    return new URL(this.addresses.wiki(wiki)).pathname.replace(/\/$/, '');
  }

  /** An address of the wiki, as it is given to others. */
  canonical({ wiki }: Access, address: string): string {
    return new URL(address, this.addresses.wiki(wiki)).href;
  }
}
