import { expect } from 'vitest';
import { type startApp } from './app.js';
import { RestClient } from './rest-client.js';

type App = Awaited<ReturnType<typeof startApp>>;

export interface WikiKit {
  /** Bound to the wiki's own REST address, as its owner. */
  rest: RestClient;
  /** Bound to the platform, as the owner. */
  platform: RestClient;
  token: string;
  mcpToken: string;
}

/** A new user with a new wiki, made over REST as a person would. */
export async function aWiki(app: App, username: string, slug: string, fields: object = {}): Promise<WikiKit> {
  const { token } = await app.addUser(username);
  const platform = new RestClient(app.url, token).under('/api/v1');
  const made = await platform.post('/wikis', { slug, name: slug, ...fields });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const rest = new RestClient(app.url, token).under(`/@${username}/${slug}/api/v1`);
  return { rest, platform, token, mcpToken: made.body.mcp_token as string };
}
