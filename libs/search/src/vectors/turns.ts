/** Lets one piece of work after the other have its turn. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Does the work when all that was asked for before is done, however that ended. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => {});
    return turn;
  }
}
