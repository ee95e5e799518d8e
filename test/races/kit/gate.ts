/** Where writers wait while somebody who lost too often is let through; what is under way goes on. */
export class Gate {
  private held = 0;
  private opened = Promise.resolve();
  private open = () => {};

  hold(): void {
    this.held += 1;
    if (this.held === 1) this.opened = new Promise((resolve) => (this.open = resolve));
  }

  release(): void {
    this.held -= 1;
    if (this.held === 0) this.open();
  }

  pass(): Promise<void> {
    return this.opened;
  }
}
