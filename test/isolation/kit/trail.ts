import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestListener, Server } from 'node:http';
import { Repositories } from '@lib/git';
import pg from 'pg';
import { Runner } from '../../../libs/git/src/git-runner.js';

/** What one request, or one command, made the database and git do, in order. */
export type Trail = string[];

type Method = (this: unknown, ...args: unknown[]) => unknown;

const trails = new AsyncLocalStorage<Trail>();

/** The header by which a test finds the trail of its request again; the server knows nothing of it. */
export const trailHeader = 'x-trail';

/** Writes down every SQL statement, opened repository and git process of whatever runs within `within`. */
export class Trails {
  private readonly undo: (() => void)[] = [];
  private readonly byName = new Map<string, Trail>();

  constructor() {
    this.follow(pg.Client.prototype, 'query', (query) => `sql ${textOf(query)}`);
    for (const name of ['open', 'exists', 'create', 'remove', 'recover', 'ids'] as const) {
      this.follow(Repositories.prototype, name, () => `repositories.${name}`);
    }
    this.follow(Runner.prototype, 'start', (command) => `git ${(command as { args: string[] }).args[0]}`);
  }

  within<T>(trail: Trail, work: () => T): T {
    return trails.run(trail, work);
  }

  /** Gives each request of a server that names a trail a trail of its own. */
  watch(server: Server): void {
    const listeners = server.listeners('request') as RequestListener[];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      const trail: Trail = [];
      const name = request.headers[trailHeader];
      if (typeof name === 'string') this.byName.set(name, trail);
      this.within(trail, () => listeners.forEach((listener) => listener(request, response)));
    });
  }

  /** The trail of a request that has been answered; it is forgotten with that. */
  take(name: string): Trail {
    const trail = this.byName.get(name) ?? [];
    this.byName.delete(name);
    return trail;
  }

  /** Every file of a run shares the modules, so nothing of this may stay. */
  stop(): void {
    for (const undo of this.undo) undo();
  }

  private follow(owner: object, name: string, told: (first: unknown) => string): void {
    const methods = owner as Record<string, Method>;
    const original = methods[name];
    if (original === undefined) throw new Error(`There is no ${name} to follow.`);
    methods[name] = function (...args) {
      const line = told(args[0]);
      // The cache of rights begins to listen whenever its own connection stands, before an answer or after it.
      if (!line.startsWith('sql LISTEN')) trails.getStore()?.push(line);
      return original.apply(this, args);
    };
    this.undo.push(() => (methods[name] = original));
  }
}

function textOf(query: unknown): string {
  const text = typeof query === 'string' ? query : (query as { text?: string }).text;
  return (text ?? '').replace(/\s+/g, ' ').trim();
}
