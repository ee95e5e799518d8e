const latin = /\p{Script=Latin}/u;

/** The anchor of a heading: lower case, blanks as hyphens, accents of Latin letters dropped, other scripts kept. */
export function headingSlug(text: string): string {
  let kept = '';
  for (const character of text.slice(0, 1000).normalize('NFC').toLowerCase()) kept += slugCharacter(character);
  return kept
    .trim()
    .replace(/[\s-]+/gu, '-')
    .normalize('NFC');
}

function slugCharacter(character: string): string {
  if (/[\s-]/u.test(character)) return character;
  if (latin.test(character)) return character.normalize('NFKD').replace(/[^a-z0-9]/g, '');
  return /[\p{L}\p{N}\p{M}_\u200C\u200D]/u.test(character) ? character : '';
}

/** Gives each heading of a page an anchor of its own: the second `news` is `news-1`. */
export class Slugs {
  private readonly counts = new Map<string, number>();

  next(text: string): string {
    const slug = headingSlug(text) || 'section';
    let count = this.counts.get(slug) ?? 0;
    let unique = count === 0 ? slug : `${slug}-${count}`;
    while (count > 0 && this.counts.has(unique)) unique = `${slug}-${++count}`;
    this.counts.set(slug, count + 1);
    if (unique !== slug) this.counts.set(unique, 1);
    return unique;
  }
}
