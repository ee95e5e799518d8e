import { Injectable } from '@nestjs/common';
import { type Access, Acl, type TokenRow } from '@lib/acl';
import { pageAddress } from '@lib/markdown';
import { PageHistory } from '@lib/wiki';
import { z } from 'zod';
import { Addresses } from '../../http/addresses.js';
import type { Texts } from '../texts/texts.js';
import { timeOf } from '../texts/texts.js';
import { OwnTokens } from './own-tokens.js';

/** Which calls somebody waits for. */
export interface Watch {
  /** The token with which they come; any own one that reaches the wiki unless it is said. */
  token?: string | undefined;
  /** The newest commit when the page was opened. */
  since?: string | undefined;
  /** When the page was opened, in milliseconds. */
  opened: number;
}

/** What the page on which one connects an agent is told, again and again. */
export const callsAnswer = z.object({
  said: z.string(),
  isConnected: z.boolean(),
  pages: z.array(z.object({ name: z.string(), href: z.string() })),
});
export type Calls = z.infer<typeof callsAnswer>;

const mostChanges = 50;
const mostPages = 20;

/** Tells from the database, as any process may have taken the call, whether an agent has called and what it wrote. */
@Injectable()
export class AgentCalls {
  constructor(
    private readonly acl: Acl,
    private readonly own: OwnTokens,
    private readonly history: PageHistory,
    private readonly addresses: Addresses,
  ) {}

  /** What there is to wait for from now on. */
  async from(access: Access, token?: string): Promise<Watch> {
    const { entries } = await this.history.changes(this.acl.also(access, 'history.read'), { limit: 1 });
    return { token, since: entries[0]?.revision, opened: Date.now() };
  }

  /** What happened of it so far. */
  async since(access: Access, watch: Watch, texts: Texts): Promise<Calls> {
    const tokens = (await this.own.reaching(access)).filter(
      ({ id }) => watch.token === undefined || id === watch.token,
    );
    const [last] = tokens.filter(({ lastUsedAt }) => lastUsedAt !== null).sort(byLastUse);
    const isConnected = last !== undefined && (watch.token !== undefined || usedAt(last) > watch.opened);
    const pages = await this.written(access, watch, tokens);
    return {
      said: said({ last, isConnected, only: watch.token === undefined ? undefined : tokens[0] }, texts),
      isConnected,
      pages,
    };
  }

  private async written(access: Access, { since }: Watch, tokens: readonly TokenRow[]): Promise<Calls['pages']> {
    const labels = new Set(tokens.map(({ label }) => asWritten(label)));
    const { entries } = await this.history.changes(this.acl.also(access, 'history.read'), {
      since,
      limit: mostChanges,
    });
    const { username } = access.actor;
    const own = entries.filter(
      ({ agent, author, pushedBy }) =>
        agent !== null && labels.has(agent) && (author.username === username || pushedBy === username),
    );
    const names = [...new Set(own.reverse().flatMap(({ pages }) => pages))].slice(0, mostPages);
    const base = this.addresses.wikiLink(access.wiki);
    return names.map((name) => ({ name, href: pageAddress(base, name) }));
  }
}

interface Known {
  last: TokenRow | undefined;
  isConnected: boolean;
  /** The token that is waited for, when it is one. */
  only: TokenRow | undefined;
}

function said({ last, isConnected, only }: Known, texts: Texts): string {
  const { live } = texts.connect;
  if (last === undefined) return only === undefined ? live.waiting : live.waitingFor(only.label);
  if (isConnected || last.lastUsedAt === null) return live.connected(last.label);
  return `${live.lastCall(last.label)} ${timeOf(last.lastUsedAt, texts)}`;
}

const usedAt = ({ lastUsedAt }: TokenRow): number => lastUsedAt?.getTime() ?? 0;

const byLastUse = (a: TokenRow, b: TokenRow): number => usedAt(b) - usedAt(a);

/** A label as it stands in commits, on one line. */
const asWritten = (label: string): string => label.replace(/[\p{C}\s]+/gu, ' ').trim();
