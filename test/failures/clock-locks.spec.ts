import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recover } from '../../libs/git/src/recovery.js';
import { breakIfStale } from '../../libs/git/src/ref-lock.js';
import { whileTidying } from '../../libs/git/src/tidying-lock.js';

const minute = 60_000;
const hour = 60 * minute;

/** Only the clock that people set is moved; the files are real, and so is the time that passes. */
describe('locks and leftovers of a machine whose clock is set', () => {
  let gitDir: string;
  let lock: string;
  let holders: string;

  beforeEach(() => {
    gitDir = mkdtempSync(join(tmpdir(), 'wikibot-clock-'));
    [lock, holders] = [join(gitDir, 'refs/heads/main.lock'), join(gitDir, 'wikibot-locks')];
    for (const folder of ['refs/heads', 'objects/pack', 'wikibot-locks']) {
      mkdirSync(join(gitDir, folder), { recursive: true });
    }
  });
  afterEach(() => {
    vi.useRealTimers();
    rmSync(gitDir, { recursive: true });
  });

  const setClock = (byMs: number) => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() });
    vi.setSystemTime(Date.now() + byMs);
  };

  it('a lock that a git took a moment ago is not broken when the clock goes two hours forward', () => {
    writeFileSync(lock, '');
    setClock(2 * hour);

    expect(breakIfStale(lock, holders)).toBe(false);
  });

  it('a lock from the future is broken once nothing has happened to it for a minute', () => {
    writeFileSync(lock, '');
    const future = new Date(Date.now() + 2 * hour);
    utimesSync(lock, future, future);
    setClock(0);

    expect(breakIfStale(lock, holders)).toBe(false);
    vi.advanceTimersByTime(50_000);
    expect(breakIfStale(lock, holders)).toBe(false);
    vi.advanceTimersByTime(11_000);
    expect(breakIfStale(lock, holders)).toBe(true);
  });

  it('a lock that is taken again is another one, however long there was one', () => {
    const future = new Date(Date.now() + 2 * hour);
    writeFileSync(lock, '');
    utimesSync(lock, future, future);
    setClock(0);
    expect(breakIfStale(lock, holders)).toBe(false);

    vi.advanceTimersByTime(61_000);
    const later = new Date(Date.now() + 2 * hour);
    utimesSync(lock, later, later);

    expect(breakIfStale(lock, holders)).toBe(false);
  });

  it('what a push brings at this moment is not swept away as a leftover', () => {
    mkdirSync(join(gitDir, 'objects/incoming-0123456789abcdef'));
    writeFileSync(join(gitDir, 'objects/pack/tmp_pack_x'), '');
    setClock(2 * hour);

    expect(recover(gitDir)).toEqual({ staleLocks: 0, temporaryFiles: 0 });
  });

  it('a tidying of another machine goes on undisturbed when the clock goes a day forward', async () => {
    writeFileSync(join(gitDir, 'gc.pid'), '4711 another-machine');
    setClock(24 * hour);

    expect(await whileTidying(gitDir, () => Promise.resolve('tidied'))).toBe(null);
  });
});
