const longest = 64;

/** A short name for addresses, made of the name of a wiki; empty when nothing of it can stand in one. */
export function slugOf(name: string): string {
  const letters = name.normalize('NFKD').toLowerCase().replaceAll('ß', 'ss').replace(/\p{M}/gu, '');
  const words = letters.replace(/['’]/g, '').replace(/[^a-z0-9]+/g, '-');
  return words.replace(/^-/, '').slice(0, longest).replace(/-$/, '');
}
