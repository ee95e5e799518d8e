import type { AccountAccess, Visibility, WikiId } from '@lib/acl';
import type { ImportOptions, ImportReport, ImportSource } from '@lib/wiki';
import type { Rooms } from '../rooms/rooms.js';
import { openingOf } from '../wikis/opening-of.js';

interface Bringing {
  source: ImportSource;
  wanted: { slug: string; name: string; visibility?: Visibility };
  options: ImportOptions;
  /** Told of the wiki before anything is written to it. */
  onBegun?: (wiki: WikiId) => Promise<void>;
}

/** What would come of a source, held to the limits that a new wiki has; nothing is kept. */
export function lookAt(rooms: Rooms, source: ImportSource, options: ImportOptions): Promise<ImportReport> {
  const plan = rooms.config.billing === 'off' ? 'premium' : 'free';
  return rooms.wikiImport.look(source, rooms.plans.limitsOf(plan), options);
}

/** Makes a wiki of a source: for the command line, and for the job that the browser asks for. */
export async function bringWiki(
  rooms: Rooms,
  access: AccountAccess<'wiki.create'>,
  { source, wanted, options, onBegun }: Bringing,
) {
  const brought: ImportReport[] = [];
  const made = await openingOf(rooms).openWith(access, wanted, async (write) => {
    await onBegun?.(write.wiki.id);
    brought.push(await rooms.wikiImport.into(write, source, options));
  });
  await rooms.catalogue.catchUp(made.wiki.id);
  const [report] = brought;
  if (report === undefined) throw new Error('The wiki was opened without what was to be imported.');
  return { made, report };
}
