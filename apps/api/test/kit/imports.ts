import { setTimeout } from 'node:timers/promises';
import { zipSync } from 'fflate';
import type { WebClient, WebPage } from './web-client.js';

const busy = /is being fetched|is being looked at|is being made/;

/** An archive of texts. */
export const zipOf = (files: Record<string, string | Uint8Array>): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([path, content]) => [
          path,
          typeof content === 'string' ? new TextEncoder().encode(content) : content,
        ]),
      ),
    ),
  );

/** The page of an import once nothing is under way. */
export async function settled(client: WebClient, page: WebPage): Promise<WebPage> {
  for (let now = page; ; now = await client.open(page.url)) {
    if (!busy.test(now.main)) return now;
    await setTimeout(50);
  }
}

/** Uploads a file at the page of imports; the page of the import once it was looked at. */
export async function upload(client: WebClient, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<WebPage> {
  return settled(client, await client.sendFiles(await client.open('/import'), '/import', { [name]: bytes }));
}
