import { merge3 } from '@lib/git';
import type { ChangeDraft, Standing, Target } from './change-draft.js';
import { fileText, storedBytes } from './change-text.js';
import type { ChangedFile } from './change-tree.js';
import { quoted } from '@lib/markdown';
import { movedOn } from './write-errors.js';
import { WikiError } from './wiki-errors.js';

/** How a page goes from the text that was read to the one that is wanted. */
export interface TextChange {
  merge?: boolean;
  /** Makes the new text of the one that was read. */
  apply: (text: string) => string;
  /** Also tried on the newest text when the one that was read is stale; null when it cannot be applied there. */
  reapply?: (text: string) => string | null;
}

/** What became of a text. */
export interface Texted {
  changed: boolean;
  merged: boolean;
  content?: string;
}

/** Changes the text of an existing page; a change of an old text is merged with what was written since. */
export async function changeText(
  draft: ChangeDraft,
  target: Target & { now: ChangedFile },
  standing: Standing,
  change: TextChange,
): Promise<Texted> {
  const bytes = await draft.tree.bytes(target.now);
  if (!standing.stale) return put(draft, target, { bytes, text: change.apply(textIn(target, bytes)), merged: false });
  const { base, current } = standing;
  const since = 'has changed since the revision you read';
  if (change.merge === false || base === null) throw movedOn(target.path, current, since);
  const now = textIn(target, bytes);
  const again = change.reapply?.(now) ?? null;
  if (again !== null) return put(draft, target, { bytes, text: again, merged: true });
  const before = textIn(target, base);
  const merged = merge3(before, change.apply(before), now);
  if (!merged.clean) throw movedOn(target.path, current, `${since}, in the same lines`);
  return put(draft, target, { bytes, text: merged.text, merged: true });
}

interface Wanted {
  bytes: Buffer;
  text: string;
  merged: boolean;
}

async function put(draft: ChangeDraft, { file }: Target, { bytes, text, merged }: Wanted): Promise<Texted> {
  const stored = storedBytes(text);
  const changed = !stored.equals(bytes);
  if (changed) await draft.tree.put(file, stored);
  return merged ? { changed, merged, content: text } : { changed, merged };
}

/** The text of a page; one that is not UTF-8 would come back with other bytes than it had. */
function textIn({ path }: Target, bytes: Buffer): string {
  const text = fileText(bytes);
  if (text !== undefined) return text;
  throw new WikiError(
    'content-not-valid',
    `${quoted(path)} is not UTF-8 text, so parts of it cannot be changed. Replace its whole content.`,
    { path },
  );
}
