/** What a door itself refuses, before any room is asked. */
export class DoorError extends Error {
  constructor(
    readonly code: DoorErrorCode,
    message: string,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'DoorError';
  }
}

/** Every code a DoorError may carry. */
export type DoorErrorCode =
  | 'not-valid'
  | 'malformed-request'
  | 'not-found'
  | 'method-not-allowed'
  | 'unknown-host'
  | 'media-type-not-supported'
  | 'body-too-large'
  | 'origin-refused'
  | 'form-stale'
  | 'smart-http-only'
  | 'reindex-running'
  | 'not-ready'
  | 'timed-out'
  | 'internal';
