import { type CallHandler, type ExecutionContext } from '@nestjs/common';
import { Observable } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Answering } from './answering.js';

/** A handler that does not end, of a request whose answer was taken over or not. */
const asked = (isTaken: boolean) => {
  const http = { getResponse: () => ({ sent: isTaken }), getRequest: () => ({}) };
  const context = { switchToHttp: () => http, getHandler: () => () => {} } as unknown as ExecutionContext;
  const handler: CallHandler = { handle: () => new Observable() };
  return new Answering().intercept(context, handler);
};

describe('work that takes longer than an answer may', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is ended with an answer that says so', async () => {
    const refused = expect(asked(false)).rejects.toMatchObject({ code: 'timed-out' });
    await vi.advanceTimersByTimeAsync(30_000);
    await refused;
  });

  it('is left alone where it answers by itself, as a push that takes minutes does', async () => {
    const ended = vi.fn();
    void asked(true).then(ended, ended);
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(ended).not.toHaveBeenCalled();
  });
});
