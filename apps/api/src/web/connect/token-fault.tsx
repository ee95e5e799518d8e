import type { Texts } from '../texts/texts.js';
import type { FormFaults } from './form-faults.js';

/** Why a token was not made; and where one proves who one is, when that is what it takes. */
export function TokenFault({ texts, faults, next }: { texts: Texts; faults: FormFaults | null; next: string }) {
  if (faults === null || faults.fault === null) return null;
  return (
    <p class="site-notice" role="alert">
      {faults.fault} {faults.needsProof && <a href={confirmPath(next)}>{texts.security.confirm}</a>}
    </p>
  );
}

/** Where one proves that it is still oneself, to go on there. */
export const confirmPath = (next: string): string => `/account/security/confirm?next=${encodeURIComponent(next)}`;
