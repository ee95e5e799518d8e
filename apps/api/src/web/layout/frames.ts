import { Injectable } from '@nestjs/common';
import { type Access, Acl, type WikiRef } from '@lib/acl';
import { Addresses } from '../../http/addresses.js';
import { type DoorRequest, wikiHostOfRequest } from '../../http/door-request.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { authPaths } from '../security/auth-paths.js';
import { textsFor } from '../texts/texts.js';
import { WebAssets } from '../web-assets.js';
import { type ManagePart, managePath } from './manage-frame.js';
import { Sites } from './sites.js';
import type { Frame } from './wiki-frame.js';

/** Puts together what the frame around every page of a wiki shows. */
@Injectable()
export class Frames {
  // What is known of a wiki is the same object for as long as it is remembered.
  private readonly bases = new WeakMap<WikiRef, string>();

  constructor(
    private readonly acl: Acl,
    private readonly addresses: Addresses,
    private readonly assets: WebAssets,
    private readonly cookies: SessionCookies,
    private readonly sites: Sites,
  ) {}

  of(access: Access, request: DoorRequest): Omit<Frame, 'title' | 'path'> {
    const { wiki, actor } = access;
    return {
      ...{ wiki, actor, assets: this.assets, texts: textsFor(request.headers['accept-language']) },
      base: this.base(access),
      mayWrite: this.acl.can(access, 'page.write'),
      auth: authPaths(request),
      account: this.onPlatform('/account', request),
      platform: this.onPlatform('/', request),
      manage: this.manage(access, request),
      ownFormToken: this.cookies.ownFormToken(request),
    };
  }

  private onPlatform(path: string, request: DoorRequest): string {
    return wikiHostOfRequest(request) === null ? path : this.addresses.platform(path);
  }

  private manage(access: Access, request: DoorRequest): Frame['manage'] {
    const address = (part: ManagePart) => this.onPlatform(managePath(access.wiki, part), request);
    return this.sites.parts(access).map((part) => ({ part, address: address(part) }));
  }

  /** Names what the frame says to whoever is not signed in: in the same frame, the same page looks the same. */
  nameOf(access: Access, request: DoorRequest): string {
    const { name, visibility } = access.wiki;
    const { language } = textsFor(request.headers['accept-language']);
    return `${this.base(access)}\n${wikiHostOfRequest(request) === null}\n${language}\n${visibility}\n${name}`;
  }

  /** The address of the wiki within its host, without a slash at the end. */
  base({ wiki }: Access): string {
    const known = this.bases.get(wiki);
    if (known !== undefined) return known;
    const base = new URL(this.addresses.wiki(wiki)).pathname.replace(/\/$/, '');
    this.bases.set(wiki, base);
    return base;
  }

  /** An address of the wiki, as it is given to others. */
  canonical({ wiki }: Access, address: string): string {
    return new URL(address, this.addresses.wiki(wiki)).href;
  }
}
