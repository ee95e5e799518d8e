import { afterEach, describe, expect, it } from 'vitest';
import { CrashRun } from './crash-run.js';
import { median } from './figures.js';
import { planKills } from './kill-plan.js';

// `ROUNDS=200 SEED=7 npm run test:crash` is the long form; the same seed plans the same kills.
const rounds = Number(process.env.ROUNDS ?? 20);
const seed = Number(process.env.SEED ?? 1);
const deepEvery = 10;
/** From listening to every wiki writable, at half of the starts. */
const healMs = 1_000;
/** On a machine that is busy with other things, a start shows how busy: unhurried, it takes less than three seconds. */
const healShare = 1 / 3;

describe('killed at any moment while many write by every door', { timeout: 120_000 + rounds * 30_000 }, () => {
  let run: CrashRun;
  afterEach(() => run?.close());

  it.each([
    { servers: 1, share: 0.7 },
    { servers: 2, share: 0.3 },
  ])('with $servers server(s), loses, doubles and halves nothing, and nothing stays stuck', async (given) => {
    const { servers, share } = given;
    run = await CrashRun.begin({ servers, seed: seed + servers });
    const plan = planKills(seed + servers, { rounds: Math.ceil(rounds * share), servers });

    for (const kill of plan) {
      await run.round(kill);
      if ((kill.round + 1) % deepEvery === 0 || kill.round === plan.length - 1) await run.lookDeep();
      expect(faultsOf(run), `round ${kill.round}, ${kill.victim} was killed, SEED=${seed}`).toEqual(none);
    }
    await run.readEverything();

    const { figures, ledger } = run;
    console.log(`${servers} server(s), SEED=${seed}: ${figures.told(ledger.acks, ledger.those('unknown').length)}`);
    expect(faultsOf(run)).toEqual(none);
    expect(median(figures.healMs)).toBeLessThan(Math.max(healMs, median(figures.startMs) * healShare));
  });
});

const none = { lost: [], other: [], stuck: [] };
const faultsOf = ({ figures: { lost, other, stuck } }: CrashRun) => ({ lost, other, stuck });
