import type { PageHistory } from '@lib/wiki';
import { subjectOf } from '../history/change-line.js';

type Entry = Awaited<ReturnType<PageHistory['changes']>>['entries'][number];

/** What a feed tells of itself. */
export interface Feed {
  title: string;
  description: string;
  /** Addresses of the page that the feed is of, and of the feed itself. */
  home: string;
  self: string;
  entries: readonly { title: string; text: string; author: string; date: Date; address: string }[];
}

/** A change as an entry of a feed; all of it is plain text. */
export function entryOf(entry: Entry, address: string): Feed['entries'][number] {
  const { author, agent, pages, files } = entry;
  const names = [...pages, ...files];
  return {
    title: subjectOf(entry) || names.join(', '),
    text: [entry.message, names.slice(0, 50).join('\n')].filter(Boolean).join('\n\n'),
    author: agent === null ? author.name : `${author.name} (${agent})`,
    date: entry.date,
    address,
  };
}

/** Atom, RFC 4287. */
export function atom({ title, home, self, entries }: Feed): string {
  const items = entries.map(
    (entry) =>
      `<entry><id>${xml(entry.address)}</id><title type="text">${xml(entry.title)}</title><link href="${xml(entry.address)}"/>` +
      `<updated>${entry.date.toISOString()}</updated><author><name>${xml(entry.author)}</name></author>` +
      `<summary type="text">${xml(entry.text)}</summary></entry>`,
  );
  const updated = (entries[0]?.date ?? new Date(0)).toISOString();
  return (
    `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><id>${xml(home)}</id>` +
    `<title type="text">${xml(title)}</title><updated>${updated}</updated><link href="${xml(home)}"/>` +
    `<link rel="self" href="${xml(self)}"/>${items.join('')}</feed>\n`
  );
}

/** RSS 2.0. */
export function rss({ title, description, home, self, entries }: Feed): string {
  const items = entries.map(
    (entry) =>
      `<item><title>${xml(entry.title)}</title><link>${xml(entry.address)}</link><guid>${xml(entry.address)}</guid>` +
      `<pubDate>${entry.date.toUTCString()}</pubDate><dc:creator>${xml(entry.author)}</dc:creator>` +
      `<description>${xml(xml(entry.text))}</description></item>`,
  );
  return (
    `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">` +
    `<channel><title>${xml(title)}</title><link>${xml(home)}</link><description>${xml(description)}</description>` +
    `<atom:link rel="self" type="application/rss+xml" href="${xml(self)}"/>${items.join('')}</channel></rss>\n`
  );
}

/** JSON Feed 1.1. */
export function jsonFeed({ title, description, home, self, entries }: Feed): string {
  const items = entries.map((entry) => ({
    ...{ id: entry.address, url: entry.address, title: entry.title, content_text: entry.text },
    date_published: entry.date.toISOString(),
    authors: [{ name: entry.author }],
  }));
  const version = 'https://jsonfeed.org/version/1.1';
  return JSON.stringify({ version, title, description, home_page_url: home, feed_url: self, items });
}

/** Text within XML: what has a meaning there is escaped, and what XML cannot hold is left out. */
const xml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
