import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { AclError } from './acl-errors.js';

/** What the pages of ours that ask authenticators are called and where they are. */
export interface RelyingParty {
  /** The host name that passkeys belong to. */
  id: string;
  name: string;
  /** Where answers may come from. */
  origin: string;
}

/** EdDSA, ES256 and RS256, as COSE numbers them: what authenticators have. */
export const algorithms = [-8, -7, -257];

/** One sentence for unknown, removed and forged passkeys and suspended accounts alike. */
export const passkeyFailed = () =>
  new AclError('passkey-not-valid', 'That passkey did not work. It may have been removed from the account.');

type Answer = RegistrationResponseJSON & AuthenticationResponseJSON;

/** What a browser passes on from an authenticator, with the challenge it says it is for; anything else is refused. */
export function readAnswer(given: unknown): { answer: Answer; challenge: string } {
  const answer = given as Partial<Answer> | null;
  const written = answer?.response?.clientDataJSON;
  if (typeof written !== 'string' || typeof answer?.id !== 'string') throw passkeyFailed();
  const client = parsed(Buffer.from(written, 'base64url').toString('utf8'));
  const { challenge, crossOrigin } = (client ?? {}) as { challenge?: unknown; crossOrigin?: unknown };
  // Our pages are in nobody's frames.
  if (typeof challenge !== 'string' || crossOrigin === true) throw passkeyFailed();
  return { answer: answer as Answer, challenge };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Runs a check of the library, which throws an error of its own for everything that is wrong with an answer. */
export async function verified<T extends { verified: boolean }>(check: () => Promise<T>): Promise<T> {
  let result: T | null = null;
  try {
    result = await check();
  } catch {
    // Why is for whoever forges answers; the person can only try again.
  }
  if (result?.verified !== true) throw passkeyFailed();
  return result;
}
