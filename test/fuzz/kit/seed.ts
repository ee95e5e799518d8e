const { SEED, ROUNDS } = process.env;

/**
 * `SEED=… ROUNDS=…` repeat a run, or make one longer; a run that failed prints its seed. The short form is the same
 * every time, so that it fails for whoever broke something; the long form is another one every time. Each route and
 * each tool counts on from it, lest all make the same choices.
 */
export const seed = SEED !== undefined ? Number(SEED) : ROUNDS === undefined ? 1 : Date.now() & 0x7fffffff;

/** How often each route and each tool is tried. */
export const rounds = ROUNDS === undefined ? 20 : Number(ROUNDS);

/** A property takes this long for each call at the very most, shrinking aside. */
export const timeoutMs = 120_000 + rounds * 10_000;
