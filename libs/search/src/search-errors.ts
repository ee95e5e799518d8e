/** Every code a SearchError may carry; the doors map each to a status. */
export const searchErrorCodes = ['query-empty', 'query-too-long', 'meaning-unavailable'] as const;

/** One of the codes of a SearchError. */
export type SearchErrorCode = (typeof searchErrorCodes)[number];

/** A refusal of the search room: a stable code, a public sentence, and public facts beside it. */
export class SearchError extends Error {
  constructor(
    readonly code: SearchErrorCode,
    message: string,
    readonly extra: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'SearchError';
  }
}
