import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.js';
import { DoorError } from './door-error.js';
import { seal, unseal } from './sealed.js';

const visitorDays = 30;
const browserDays = 365;
const stateMinutes = 10;
const handedSeconds = 120;

/** The cookies by which browsers are known, and what proves that a form came from a page of ours. */
@Injectable()
export class SessionCookies {
  private readonly names: { session: string; visitor: string; browser: string; state: string; handed: string };
  private readonly options: CookieSerializeOptions;
  private readonly origin: string;

  constructor({ http: { baseUrl } }: Pick<Config, 'http'>) {
    const secure = baseUrl.protocol === 'https:';
    // With this prefix a browser takes a cookie from this host alone, and not from a wiki at a host below it.
    const prefix = secure ? '__Host-' : '';
    this.names = {
      session: `${prefix}wikibot`,
      visitor: `${prefix}wikibot-visitor`,
      browser: `${prefix}wikibot-browser`,
      state: `${prefix}wikibot-state`,
      handed: `${prefix}wikibot-handed`,
    };
    this.options = { path: '/', httpOnly: true, sameSite: 'lax', secure };
    this.origin = baseUrl.origin;
  }

  /** The secret of the session that a browser has; null when it has none. */
  session(request: FastifyRequest): string | null {
    return request.cookies[this.names.session] ?? null;
  }

  begin(reply: FastifyReply, { secret, expiresAt }: { secret: string; expiresAt: Date }): void {
    reply.setCookie(this.names.session, secret, { ...this.options, expires: expiresAt });
    reply.clearCookie(this.names.visitor, this.options);
  }

  end(reply: FastifyReply): void {
    reply.clearCookie(this.names.session, this.options);
  }

  /** The secret by which a browser is known also when nobody is signed in; one that has none is given one. */
  browser(request: FastifyRequest, reply: FastifyReply): string {
    const secret = request.cookies[this.names.browser] ?? randomBytes(32).toString('base64url');
    reply.setCookie(this.names.browser, secret, { ...this.options, maxAge: browserDays * 86_400 });
    return secret;
  }

  /** Marks a browser that leaves to sign in, so that nobody else's sign-in can be brought back to it; the mark's hash goes along. */
  newState(request: FastifyRequest, reply: FastifyReply): string {
    const secret = request.cookies[this.names.state] ?? randomBytes(32).toString('base64url');
    reply.setCookie(this.names.state, secret, { ...this.options, maxAge: stateMinutes * 60 });
    return hashOf(secret);
  }

  /** The hash of the mark of a browser that comes back; null when it has none. */
  state(request: FastifyRequest): string | null {
    const secret = request.cookies[this.names.state];
    return secret === undefined ? null : hashOf(secret);
  }

  /** What a form of ours carries; whoever is not signed in is given a cookie for it. */
  formToken(request: FastifyRequest, reply: FastifyReply): string {
    const known = this.session(request) ?? request.cookies[this.names.visitor];
    if (known !== undefined && known !== null) return tokenOf(known);
    const visitor = randomBytes(32).toString('base64url');
    reply.setCookie(this.names.visitor, visitor, { ...this.options, maxAge: visitorDays * 86_400 });
    return tokenOf(visitor);
  }

  /** What a form of ours carries for whoever is signed in; null for others. */
  ownFormToken(request: FastifyRequest): string | null {
    const secret = this.session(request);
    return secret === null ? null : tokenOf(secret);
  }

  /** Hands a secret on to the page that a form leads to, which shows it once: no address, history or cache gets to see it. */
  handOn(request: FastifyRequest, reply: FastifyReply, { place, text }: { place: string; text: string }): void {
    const session = this.session(request);
    if (session === null) return;
    const options = { ...this.options, maxAge: handedSeconds };
    reply.setCookie(this.names.handed, seal(text, { secret: session, purpose: place }), options);
  }

  /** What was handed on to this page, which is forgotten with that; null when nothing was. */
  handed(request: FastifyRequest, reply: FastifyReply, place: string): string | null {
    const [session, sealed] = [this.session(request), request.cookies[this.names.handed]];
    if (session === null || sealed === undefined || request.method !== 'GET') return null;
    const text = unseal(sealed, { secret: session, purpose: place });
    if (text !== null) reply.clearCookie(this.names.handed, this.options);
    return text;
  }

  /** Refuses what another site may have made a browser send. */
  requireOwn(request: FastifyRequest): void {
    const { origin, 'sec-fetch-site': site } = request.headers;
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw foreign();
    const isKnown = origin === undefined || origin === this.origin || hostIn(origin) === request.headers.host;
    // Some browsers hide the origin of a form, and say of which site it is.
    if (!isKnown && !(origin === 'null' && site === 'same-origin')) throw foreign();
    const secret = this.session(request) ?? request.cookies[this.names.visitor];
    const body = (request.body ?? {}) as { form_token?: unknown };
    const given = request.headers['x-form-token'] ?? body.form_token;
    if (secret === undefined || typeof given !== 'string' || !isSame(given, tokenOf(secret))) throw stale();
  }
}

/** A browser names the host it sends to by itself, so a page of the same host is one of ours. */
const hostIn = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);

const tokenOf = (secret: string): string => createHmac('sha256', secret).update('form').digest('base64url');

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const foreign = () => new DoorError('origin-refused', 'This was sent from another site, so nothing was done.');
const stale = () =>
  new DoorError('form-stale', 'This form is too old, or cookies are off. Load the page again, and nothing is lost.');
