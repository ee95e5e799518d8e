import { toggleBar } from './appearance.js';
import { openPalette, openShortcuts } from './finding/opening.js';
import { isMac, singleKey, wantsPalette } from './pressed.js';
import { singleKeys } from './single-keys.js';

const acts: Record<string, () => void> = {
  '/': openPalette,
  '?': openShortcuts,
  '[': () => toggleBar('side'),
  ']': () => toggleBar('aside'),
};

/** Keys that lead somewhere: Ctrl or ⌘ with K, and single ones. These rest while somebody types or a dialog is open. */
export function listenForKeys(): void {
  document.addEventListener('keydown', (event) => {
    // The editor has the same key for a link; what it took is not ours.
    if (event.defaultPrevented || event.isComposing) return;
    const hasPalette = document.querySelector('form[data-palette]') !== null;
    if (hasPalette && wantsPalette(event, isMac())) {
      event.preventDefault();
      openPalette();
      return;
    }
    const key = singleKey(event);
    if (key === null || !singleKeys.areOn() || isTyping(event.target) || document.querySelector('dialog[open]')) return;
    const act = (hasPalette ? acts[key] : undefined) ?? actOf(key);
    if (act === null) return;
    event.preventDefault();
    act();
  });
}

/** What the link or field does that names the key. */
function actOf(key: string): (() => void) | null {
  const target = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  if (target === null) return null;
  return () => (target instanceof HTMLInputElement ? target.focus() : target.click());
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
