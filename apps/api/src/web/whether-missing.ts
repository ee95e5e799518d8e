import { WikiError } from '@lib/wiki';

/** False for a page that is not there; what else went wrong goes on as it came. */
export function whetherMissing(error: unknown): false {
  if (error instanceof WikiError && error.code === 'page-not-found') return false;
  throw error;
}
