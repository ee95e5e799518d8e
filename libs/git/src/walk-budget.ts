import { GitError } from './git-errors.js';

/**
 * How much of trees somebody may still look at. What counts is visits, not objects: a dozen trees can name each
 * other's contents ten billion times.
 */
export class WalkBudget {
  private left: number;

  constructor(private readonly visits: number) {
    this.left = visits;
  }

  spend(entries: number): void {
    this.left -= entries;
    if (this.left >= 0) return;
    const limit = this.visits;
    throw new GitError('too-large', `There are more than ${limit} files and folders to look at.`, { limit });
  }
}

/** Deeper trees are refused: nothing honest is nested like that, and every walk would have to follow. */
export const maxTreeDepth = 4096;
