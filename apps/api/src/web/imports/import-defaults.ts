import { slugPattern } from '@lib/acl';
import type { ImportRecord, ImportWanted } from '@lib/wiki';

const endings = /(?:\.(?:zip|tar|tgz|tar\.gz|bundle|git|wiki))+$/i;

/** What the form of an import is filled with at first: names from that of the source, and what was found out. */
export function wantedAtFirst({ source, wanted, report }: ImportRecord): ImportWanted {
  const linkOrder = wanted?.linkOrder ?? report?.detectedLinkOrder ?? 'target-first';
  if (wanted !== null) return { ...wanted, linkOrder };
  const last =
    source
      .replace(/[/\\]+$/, '')
      .split(/[/\\]/)
      .at(-1) ?? '';
  const name = last.replace(endings, '').trim() || 'Wiki';
  return { name: name.slice(0, 200), slug: slugOf(name), visibility: 'private', linkOrder };
}

/** Letters with marks lose them; what is no letter or digit becomes a hyphen. */
function slugOf(name: string): string {
  const plain = name.replaceAll('ß', 'ss').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replace(/^-+|-+$/g, '');
  return slugPattern.test(slug) ? slug : 'wiki';
}
