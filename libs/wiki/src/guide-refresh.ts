import { isAsMarked, markOf, unmarked, withMark } from './guide-mark.js';
import { guidePage } from './guide-page.js';
import { withLineBreaks } from './line-breaks.js';
import type { StarterOptions } from './starter-options.js';

/** A three-way merge of texts; `merge3` of the git room is one. */
export type TextMerge = (
  base: string,
  ours: string,
  theirs: string,
) => { clean: true; text: string } | { clean: false; conflicts: number };

/** The generated version a guide came from (null: none is known) and the guide as it is. */
export interface GuideVersions {
  base: string | null;
  current: string;
}

/** Whether a guide is as it was generated, so that it can be the base of a refresh. */
export function isGeneratedGuide(text: string): boolean {
  return isAsMarked(text);
}

/** Whether a generated guide, changed by people or not, would be generated differently today; others never are. */
export function guideIsOutdated(current: string, options: StarterOptions): boolean {
  const mark = markOf(current);
  return mark !== null && mark !== markOf(guidePage(options));
}

/** The guide of today with the changes people made to theirs; not clean when both changed the same lines. */
export function refreshGuide(
  { base, current }: GuideVersions,
  options: StarterOptions,
  merge: TextMerge,
): { clean: true; text: string } | { clean: false; conflicts: number } {
  const fresh = guidePage(options);
  if (current === '' || isGeneratedGuide(current)) return { clean: true, text: withLineBreaks(fresh, current) };
  if (base === null) return { clean: false, conflicts: 1 };
  const merged = merge(unmarked(base), unmarked(current), unmarked(fresh));
  if (!merged.clean) return merged;
  const text = withMark(merged.text, markOf(fresh) ?? '');
  return { clean: true, text: withLineBreaks(text, current) };
}

/**
 * The generated version the newest of `versions` (newest first, back to one that is as it was generated) came from.
 * A refreshed guide with additions is no generated one, so what each refresh changed is applied to the base again and
 * believed only when the digest agrees.
 */
export function guideBase(versions: readonly string[], merge: TextMerge): string | null {
  const first = versions.findIndex(isGeneratedGuide);
  if (first === -1) return null;
  let base = versions[first] ?? '';
  for (let at = first - 1; at >= 0; at--) {
    const [before, after] = [versions[at + 1] ?? '', versions[at] ?? ''];
    const mark = markOf(after);
    if (mark === null || mark === markOf(before)) continue;
    const redone = merge(unmarked(before), unmarked(base), unmarked(after));
    const text = redone.clean ? withMark(redone.text, mark) : '';
    if (isAsMarked(text)) base = text;
  }
  return base;
}
