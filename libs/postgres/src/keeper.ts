import { postmasterOf } from './postmaster.js';

/** A look reads one small file; nobody notices an outage that is this much longer. */
const lookEveryMs = 200;

/** Looks again and again whether the server of a data directory lives, and has it brought back when it does not. */
export class Keeper {
  private readonly timer: NodeJS.Timeout;
  private bringing: Promise<void> = Promise.resolve();
  private isBringing = false;

  constructor(
    private readonly dir: string,
    private readonly bring: () => Promise<unknown>,
  ) {
    this.timer = setInterval(() => this.look(), lookEveryMs);
    // Whoever has nothing else to do may end.
    this.timer.unref();
  }

  /** Looks no more, and waits for what it has begun. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.bringing;
  }

  private look(): void {
    if (this.isBringing || postmasterOf(this.dir) !== null) return;
    this.isBringing = true;
    // What did not work now (what the dead server left may hold its port for a moment) is tried at the next look.
    this.bringing = this.bring()
      .then(
        () => {},
        () => {},
      )
      .finally(() => (this.isBringing = false));
  }
}
