import type { Access } from '@lib/acl';
import { WikiError } from '@lib/wiki';
import { type McpServer, ResourceNotFoundError, ResourceTemplate } from '@modelcontextprotocol/server';
import { guarded } from './guarded.js';
import { pageUri, pageUriTemplate, readPageUri } from './page-uri.js';
import type { ToolRooms } from './tool-rooms.js';

const listedAtOnce = 100;
const mostCompletions = 100;

interface Given {
  rooms: ToolRooms;
  /** The right to read, asked for when it is needed. */
  read: () => Access<'page.read'>;
}

/** Serves every page of one wiki as a resource. */
export function servePages(server: McpServer, { rooms, read }: Given): void {
  const complete = {
    owner: () => [read().wiki.owner.username],
    wiki: () => [read().wiki.slug],
    path: (start: string) => guarded(() => rooms.pages.paths(read(), start, mostCompletions)),
  };
  const template = new ResourceTemplate(pageUriTemplate, { list: undefined, complete });
  server.registerResource('page', template, pageMetadata, ({ href }) =>
    readPage(href, rooms, () => Promise.resolve(read())),
  );
  server.server.setRequestHandler('resources/list', ({ params }) => guarded(() => list(read(), rooms, params?.cursor)));
}

export const pageMetadata = {
  title: 'Wiki page',
  description: 'A page as Markdown, frontmatter included',
  mimeType: 'text/markdown',
};

async function list(access: Access<'page.read'>, { pages }: ToolRooms, cursor: string | undefined) {
  const found = await pages.list(access, { order: 'path', limit: listedAtOnce, cursor });
  const resources = found.pages.map(({ path, name, updatedAt }) => ({
    uri: pageUri(access.wiki, path),
    name: path,
    title: name,
    mimeType: pageMetadata.mimeType,
    ...(updatedAt !== null && { annotations: { lastModified: updatedAt.toISOString() } }),
  }));
  return { resources, ...(found.next !== null && { nextCursor: found.next }) };
}

/** Reads the page a URI names; of what is not there, and what may not be seen, it says the same. */
export function readPage(
  uri: string,
  { pages }: ToolRooms,
  read: (address: { owner: string; slug: string }) => Promise<Access<'page.read'>>,
) {
  return guarded(async () => {
    const named = readPageUri(uri);
    if (named === null) throw new ResourceNotFoundError(uri);
    const access = await read(named);
    const { owner, slug } = access.wiki;
    if (owner.username !== named.owner || slug !== named.slug) throw new ResourceNotFoundError(uri);
    const { content } = await pages.read(access, { path: named.path }).catch((error: unknown) => {
      throw error instanceof WikiError ? new ResourceNotFoundError(uri) : error;
    });
    return { contents: [{ uri, mimeType: pageMetadata.mimeType, text: content }] };
  });
}
