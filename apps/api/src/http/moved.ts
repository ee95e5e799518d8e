/** What is asked for has its address elsewhere; browsers are sent there for good. */
export class Moved extends Error {
  constructor(readonly location: string) {
    super('This is at another address.');
    this.name = 'Moved';
  }
}
