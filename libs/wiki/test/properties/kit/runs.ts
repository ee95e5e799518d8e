/**
 * How often a property is tried: as often as CI has time for, or `RUNS` times; one that writes for real is tried once
 * where others are tried `cost` times. fast-check prints the seed of a failure.
 */
export function runs(usual: number, cost = 1): { numRuns: number } {
  const asked = process.env['RUNS'];
  return { numRuns: asked === undefined ? usual : Math.ceil(Number(asked) / cost) };
}
