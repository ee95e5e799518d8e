import { expect } from 'vitest';

/** An error of that code, with at least those facts beside it. */
export const coded = (code: string, extra: object = {}): unknown =>
  expect.objectContaining({ code, extra: expect.objectContaining(extra) });
