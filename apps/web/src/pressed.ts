/** What counts of a key that was pressed. */
export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  getModifierState(name: string): boolean;
}

/** Whether the keyboard has a ⌘ key. */
export const isMac = (): boolean => /^(?:Mac|iP)/.test(navigator.platform);

/** ⌘K on a Mac, where Ctrl+K cuts a line; elsewhere Ctrl+K. */
export function wantsPalette(event: Pressed, isMac: boolean): boolean {
  const [wanted, other] = isMac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  return wanted && !other && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';
}

/**
 * The character of a key that was pressed alone; null with modifiers. Shift does not count, for on many keyboards `/` and
 * `?` need it, and neither does AltGr, which others need for `[`.
 */
export function singleKey(event: Pressed): string | null {
  if ([...event.key].length !== 1 || event.metaKey) return null;
  return (event.ctrlKey || event.altKey) && !event.getModifierState('AltGraph') ? null : event.key;
}
