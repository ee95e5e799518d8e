import { headingsOf } from '@lib/markdown';
import type { Hit } from '@lib/search';
import type { ManualPage } from './manual-page.js';

/** A heading that one can be led to. */
export interface ManualPlace {
  text: string;
  slug: string;
}

interface FlatPage {
  text: string;
  headings: readonly (ManualPlace & { level: number; at: number })[];
}

/** Tells under which heading what was found stands: short sections are found together, under the name of another. */
export class ManualPlaces {
  private readonly known = new Map<ManualPage, FlatPage>();

  /** Null above the first heading below the title, and where the snippet is not on the page as it stands. */
  of(page: ManualPage, { snippet, marks }: Pick<Hit, 'snippet' | 'marks'>): ManualPlace | null {
    const { text, headings } = this.flat(page);
    const start = text.indexOf(flat(snippet.replace(/^…|…$/g, '')).trim());
    if (start === -1) return null;
    const [first] = marks;
    const at = start + flat(snippet.slice(0, first?.[0] ?? 0).replace(/^…/, '')).length;
    const heading = headings.findLast((one) => one.at <= at);
    return heading === undefined || heading.level === 1 ? null : heading;
  }

  private flat(page: ManualPage): FlatPage {
    const known = this.known.get(page);
    if (known !== undefined) return known;
    const headings = headingsOf(page.text).map(({ level, text, slug, start }) => {
      return { level, text, slug, at: flat(page.text.slice(0, start)).length };
    });
    const made = { text: flat(page.text), headings };
    this.known.set(page, made);
    return made;
  }
}

/** A text on one line, as snippets are, and without the signs of headings, which they may have lost. */
const flat = (text: string): string => text.replace(/(^|\s)#{1,6}(?=\s)/g, '$1').replace(/\s+/g, ' ');
