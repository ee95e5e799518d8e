import type { AclError } from './acl-errors.js';

interface DatabaseError {
  code?: string;
  constraint?: string;
}

/** Runs a statement; a value that is taken already becomes the refusal that `refusals` has for its constraint. */
export async function refusing<T>(refusals: Record<string, () => AclError>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, constraint = '' } = ((error as { driverError?: DatabaseError }).driverError ??
      error) as DatabaseError;
    const refusal = code === '23505' ? refusals[constraint] : undefined;
    throw refusal === undefined ? error : refusal();
  }
}
