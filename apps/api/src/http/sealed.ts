import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** With what a text is sealed, and what for: it is opened by the same secret for the same purpose alone. */
interface Seal {
  secret: string;
  purpose: string;
}

const [ivBytes, tagBytes] = [12, 16];

/** Makes a text unreadable and unchangeable for whoever has not the secret. */
export function seal(text: string, { secret, purpose }: Seal): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** The text that was sealed; null for everything else. */
export function unseal(sealed: string, { secret, purpose }: Seal): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < ivBytes + tagBytes) return null;
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(purpose));
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  try {
    return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return null;
  }
}

const keyOf = (secret: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', 'wikibot sealed', 32));
