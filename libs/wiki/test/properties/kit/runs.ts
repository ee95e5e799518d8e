/** How often a property is tried: as often as CI has time for, or `RUNS` times. fast-check prints the seed of a failure. */
export function runs(usual: number): { numRuns: number } {
  return { numRuns: Number(process.env['RUNS'] ?? usual) };
}
