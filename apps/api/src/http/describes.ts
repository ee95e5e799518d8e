import { SetMetadata } from '@nestjs/common';

/** What the API document says of a route beyond its schemas. */
export interface Description {
  summary: string;
  /** Codes of refusals that this route may give beside those every route of its kind gives. */
  fails: readonly string[];
}

export const descriptionKey = 'wikibot:description';

/** One sentence about a route for the API document, and the refusals a caller has to expect. */
export const Describes = (summary: string, ...fails: string[]) =>
  SetMetadata(descriptionKey, { summary, fails } satisfies Description);
