import type { WriteConditions } from '../http/conditions.js';

interface Told {
  revision?: string;
  commit_message?: string;
  dry_run?: boolean;
}

/** What body, headers and query say together about a write, in the words of the wiki room. */
export function writeOptions(body: Told, { ifMatch, idempotencyKey, dryRun }: WriteConditions) {
  return {
    // An empty revision means the same as none: programs fill in what they have.
    revision: body.revision === '' ? undefined : body.revision,
    message: body.commit_message,
    dryRun: dryRun ?? body.dry_run,
    ifMatch,
    idempotencyKey,
  };
}
