import { existsSync, globSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';

const [library] = globSync('/usr/lib{,64}/{,*/}faketime/libfaketimeMT.so.1');

/** Why no process can be given a clock of its own here; null when one can. */
export const noClock = (): string | null => (library === undefined ? 'no libfaketime' : null);

/**
 * The wall clock of one process, set while it runs. As after a real setting, the steady clock goes on and files keep the
 * times they have.
 */
export class SettableClock {
  private readonly file = join(tmpdir(), `wikibot-clock-${randomUUID()}`);

  constructor() {
    this.set('+0');
  }

  get variables(): Record<string, string> {
    return {
      LD_PRELOAD: library ?? '',
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    };
  }

  /** How far it is from the true time, such as `+2h`. */
  set(offset: string): void {
    writeFileSync(`${this.file}.new`, `${offset}\n`);
    renameSync(`${this.file}.new`, this.file);
  }

  remove(): void {
    if (existsSync(this.file)) rmSync(this.file);
  }
}
