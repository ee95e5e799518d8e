import { type Access, AclError, type MyWiki } from '@lib/acl';
import { type McpServer, ResourceNotFoundError, ResourceTemplate } from '@modelcontextprotocol/server';
import { guarded } from './guarded.js';
import { pageMetadata, readPage } from './page-resources.js';
import { pageUri, pageUriTemplate } from './page-uri.js';
import type { ToolRooms } from './tool-rooms.js';

interface Given {
  rooms: ToolRooms;
  enter: (address: { owner: string; slug: string }) => Promise<Access<'page.read'>>;
  wikis: () => Promise<MyWiki[]>;
}

/** Serves the pages of all wikis of an account as resources; listed is the home page of each. */
export function serveAccountPages(server: McpServer, { rooms, enter, wikis }: Given): void {
  const owners = async () => [...new Set((await wikis()).map(({ wiki }) => wiki.owner.username))];
  const slugsOf = async (owner: string | undefined) =>
    (await wikis())
      .filter(({ wiki }) => owner === undefined || wiki.owner.username === owner)
      .map(({ wiki }) => wiki.slug);
  const complete = {
    owner: (start: string) => guarded(async () => starting(await owners(), start)),
    wiki: (start: string, context?: Context) =>
      guarded(async () => starting(await slugsOf(context?.arguments?.['owner']), start)),
    path: (start: string, context?: Context) =>
      guarded(async () => {
        const { owner, wiki } = context?.arguments ?? {};
        if (owner === undefined || wiki === undefined) return [];
        return rooms.pages.paths(await enter({ owner, slug: wiki }), start, 100);
      }),
  };
  const template = new ResourceTemplate(pageUriTemplate, { list: undefined, complete });
  server.registerResource('page', template, pageMetadata, ({ href }) =>
    readPage(href, rooms, (address) => enter(address).catch((error: unknown) => unseen(error, href))),
  );
  server.server.setRequestHandler('resources/list', () =>
    guarded(async () => ({ resources: (await wikis()).map(homeOf) })),
  );
}

interface Context {
  arguments?: Record<string, string>;
}

const starting = (names: readonly string[], start: string) => names.filter((name) => name.startsWith(start));

const homeOf = ({ wiki }: MyWiki) => ({
  uri: pageUri(wiki, 'Home'),
  name: `${wiki.owner.username}/${wiki.slug}`,
  title: wiki.name,
  mimeType: pageMetadata.mimeType,
});

function unseen(error: unknown, uri: string): never {
  throw error instanceof AclError && error.code === 'wiki-not-found' ? new ResourceNotFoundError(uri) : error;
}
