import { GitError } from '@lib/git';
import { DoorError } from './door-error.js';

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const outOfTime = '57014';
// Its disk is full; it could not extend a file; it only reads, as a standby does.
const outOfRoom = '53100';
const cannotWrite = /^(?:58030|25006)$/;
const outOfReach = /^(?:08...|57P0[123]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT)$/;
const lostConnection = /^Connection terminated|^timeout exceeded when trying to connect|connection is closed/i;

/** What a failure of the database means to whoever asked: nothing of theirs is wrong, and they may ask again. */
export function databaseTrouble(error: unknown): DoorError | GitError | null {
  const cause = driverError(error);
  if (cause === null) return null;
  if (cause.code === outOfTime) return new DoorError('timed-out', 'The database took too long to answer that.');
  if (cause.code === outOfRoom) {
    const message = 'The disk of the database is full: nothing can be written until its operator makes room.';
    return new GitError('storage-full', message, { reason: 'ENOSPC', retry_after: 60 });
  }
  if (cannotWrite.test(cause.code ?? '')) {
    return new GitError(
      'storage-refused',
      'The database takes nothing at the moment; its operator has to look at it.',
      {
        retry_after: 60,
      },
    );
  }
  const isLost = outOfReach.test(cause.code ?? '') || lostConnection.test(cause.message);
  return isLost ? new DoorError('not-ready', 'The database cannot be reached right now.', { retry_after: 5 }) : null;
}

interface DriverError {
  code?: string;
  message: string;
}

interface Thrown {
  driverError?: unknown;
  syscall?: unknown;
  severity?: unknown;
  code?: unknown;
}

/** TypeORM wraps what its driver throws while a query runs, and passes on what it throws while it connects. */
function driverError(error: unknown): DriverError | null {
  if (!(error instanceof Error)) return null;
  const { driverError: cause, syscall, severity, code } = error as Thrown;
  if (cause instanceof Error) return cause;
  // The server's own words while somebody connects: it is starting, or recovering. Or it dies at that moment.
  if (typeof severity === 'string' || (syscall === 'read' && code === 'ECONNRESET')) return error;
  if (syscall === 'connect' || lostConnection.test(error.message)) return error;
  // A name with two addresses, of which neither answered.
  if (error instanceof AggregateError) return driverError(error.errors[0]);
  return null;
}
