import { Injectable } from '@nestjs/common';
import type { WikiAddress, WikiRef } from '@lib/acl';
import type { Config } from '../config.js';
import { wikiHostOf } from './address.js';

/** What it takes to know where a wiki is. */
type Named = Pick<WikiRef, 'slug' | 'customSlug'> & { owner: { username: string } };

/** Where things are to be found, as we tell people and programs; made from BASE_URL, never from a Host header. */
@Injectable()
export class Addresses {
  private readonly base: URL;
  private readonly wildcardDns: boolean;

  constructor({ http }: Pick<Config, 'http'>) {
    this.base = http.baseUrl;
    this.wildcardDns = http.wildcardDns;
  }

  /** Scheme, host and port of the platform. */
  get origin(): string {
    return this.base.origin;
  }

  /** The host name by which the platform is known. */
  get hostName(): string {
    return this.base.hostname;
  }

  /** The origin of the wiki host that a request came to; that of the platform unless it is one of its subdomains. */
  originOf(host: string | undefined): string {
    const name = (host ?? '').split(':')[0]?.toLowerCase() ?? '';
    return /^[a-z0-9.-]+$/.test(name) && name.endsWith(`.${this.hostName}`) ? this.at(name) : this.origin;
  }

  /** The web address of a wiki, without a slash at its end. */
  wiki(wiki: Named): string {
    const { owner, slug, customSlug } = wiki;
    if (!this.wildcardDns) return `${this.origin}/@${customSlug ?? `${owner.username}/${slug}`}`;
    return customSlug === null
      ? `${this.at(`${owner.username}.${this.hostName}`)}/${slug}`
      : this.at(`${customSlug}.${this.hostName}`);
  }

  /** The address of the page of a person. */
  person(username: string): string {
    return this.wildcardDns ? `${this.at(`${username}.${this.hostName}`)}/` : `${this.origin}/@${username}`;
  }

  /** The same as a link on a page of the platform. */
  personLink(username: string): string {
    return this.wildcardDns ? this.person(username) : `/@${username}`;
  }

  /** Where browsers find the page of a person that was asked for on a host; null when it is there. */
  homeOfPerson(username: string, host: string | null): string | null {
    const home = this.person(username);
    return host === (this.wildcardDns ? new URL(home).hostname : null) ? null : home;
  }

  /** The address of a wiki as a link on a page of the platform. */
  wikiLink(wiki: WikiRef): string {
    const address = this.wiki(wiki);
    return this.wildcardDns ? address : new URL(address).pathname;
  }

  /** Where browsers find a wiki that was asked for by an address on a host, without a slash at its end; null when it is there. */
  homeOf(wiki: WikiRef, { asked, host }: { asked: WikiAddress; host: string | null }): string | null {
    const home = new URL(this.wiki(wiki));
    const isNamed = wiki.customSlug === null ? 'owner' in asked : 'customSlug' in asked;
    if (isNamed && host === (this.wildcardDns ? home.hostname : null)) return null;
    const path = home.pathname.replace(/\/$/, '');
    // Under another name of this machine the platform is not left.
    return this.wildcardDns || host !== null ? home.origin + path : path;
  }

  /** Whether a host of this name is one of wikis, below that of the platform. */
  isWikiHost(host: string): boolean {
    return wikiHostOf(host, { base: this.hostName }) === host;
  }

  /** The origin of a host of wikis. */
  hostOrigin(host: string): string {
    return this.at(host);
  }

  /** Where a form of ours may lead beside its own host: who signs in is led on to the host of a wiki. */
  get formTargets(): string[] {
    return /^(?:[\d.]+|\[.*\])$/.test(this.hostName) ? [] : [this.at(`*.${this.hostName}`)];
  }

  rest(wiki: Named): string {
    return `${this.wiki(wiki)}/api/v1`;
  }

  mcp(wiki: Named): string {
    return `${this.wiki(wiki)}/mcp`;
  }

  git(wiki: Named): string {
    const name = wiki.customSlug ?? null;
    return name === null ? `${this.wiki(wiki)}.git` : `${this.wiki(wiki)}/${name}.git`;
  }

  /** Where somebody who is invited makes an account, or accepts with the one they have. */
  invitation(secret: string): string {
    return this.platform(`/auth/sign-up?invitation=${secret}`);
  }

  platform(path: string): string {
    return `${this.origin}${path}`;
  }

  private at(host: string): string {
    return `${this.base.protocol}//${host}${this.base.port === '' ? '' : `:${this.base.port}`}`;
  }
}
