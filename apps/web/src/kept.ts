/** What a browser keeps for us; nothing where it keeps nothing, as in some private windows. */
export const kept = {
  read(key: string): string | null {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write(key: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      // It works without, only nothing is remembered.
    }
  },
  /** Everything whose key begins so. */
  forget(prefix: string): void {
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
    } catch {
      // What was not kept need not be forgotten.
    }
  },
};

/** Keeps something for a year where the server sees it too; null ends that. */
export function keepCookie(name: string, value: string | null): void {
  const age = value === null ? 0 : 365 * 86_400;
  const secure = location.protocol === 'https:' ? '; secure' : '';
  document.cookie = `${name}=${value ?? ''}; path=/; max-age=${age}; samesite=lax${secure}`;
}
