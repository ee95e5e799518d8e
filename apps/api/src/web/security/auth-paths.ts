import { type DoorRequest, wikiHostOfRequest } from '../../http/door-request.js';

/** Where one signs in and out, on the host that a page is read at. */
export interface AuthPaths {
  signIn: (next: string) => string;
  signOut: string;
}

/** On the host of a wiki everything of a wiki may be called `auth`, so there it is below `-`. */
export function authPaths(request: DoorRequest): AuthPaths {
  const folder = wikiHostOfRequest(request) === null ? '/auth' : '/-/auth';
  return {
    signIn: (next) => `${folder}/sign-in?next=${encodeURIComponent(next)}`,
    signOut: `${folder}/sign-out`,
  };
}
