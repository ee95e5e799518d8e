/** Vectors as the index takes them in: pages of four chunks each, from page `from / 4` on. */
export function recordOf(rows: readonly Float32Array[], from: number) {
  const vectors = new Float32Array(rows.length * 384);
  for (const [at, row] of rows.entries()) vectors.set(row, at * 384);
  const pages = Array.from({ length: Math.ceil(rows.length / 4) }, (_, page) => {
    const chunks = rows.slice(4 * page, 4 * page + 4).map((_, at) => [`${from + 4 * page + at}`, 100, 0] as const);
    return { path: `Page ${from / 4 + page}`, stamp: 'a blob', chunks };
  });
  return { head: { position: null, removed: [], pages }, vectors, detailsAt: 0 };
}
