import { AclError } from './acl-errors.js';

/** Who somebody is to whoever signs them in: the issuer and the subject by which that issuer itself knows them. */
export interface Identity {
  /** For OIDC the issuer URL, for a broker the provider behind it. */
  issuer: string;
  /** Opaque; the same one at another issuer is somebody else. */
  subject: string;
}

const longest = 512;

/** The identity, or a refusal: what is empty or has no end identifies nobody. */
export function parseIdentity({ issuer, subject }: Identity): Identity {
  for (const part of [issuer, subject]) {
    // OpenID Connect Core 1.0, section 2, allows a subject 255 ASCII characters.
    if (part === '' || part.length > longest || part.includes('\0')) {
      throw new AclError('name-not-allowed', 'The sign-in provider sent no usable identity.');
    }
  }
  return { issuer, subject };
}
