import { Document } from '../layout/document.js';
import { Fault } from '../layout/fault.js';
import { PasskeySignIn } from '../sign-in/passkey-sign-in.js';
import type { Texts } from '../texts/texts.js';
import type { WebAssets } from '../web-assets.js';

interface ConfirmScreenProps {
  texts: Texts;
  assets: WebAssets;
  formToken: string;
  /** By which a password manager finds the password. */
  username: string;
  origin: string;
  fault: string | null;
  /** Where one goes on. */
  next: string;
}

/** Where somebody proves again that it is they, before what a stolen session must not do. */
export function ConfirmScreen({ texts, assets, formToken, username, origin, fault, next }: ConfirmScreenProps) {
  const { security } = texts;
  return (
    <Document {...{ texts, assets, title: `${security.confirm} · wikibot` }} scripts={['passkeys.js']} isPrivate>
      <main id="site-main" class="site-narrow" tabindex={-1}>
        <h1>{security.confirm}</h1>
        <p>{security.confirmHint}</p>
        <Fault text={fault} />
        <form method="post" action="/account/security/confirm">
          <input type="hidden" name="form_token" value={formToken} />
          <input type="hidden" name="next" value={next} />
          <input type="text" name="username" value={username} autocomplete="username" readonly hidden />
          <div class="site-field">
            <label for="site-password">{texts.password}</label>
            <input
              id="site-password"
              name="password"
              type="password"
              autocomplete="current-password"
              required
              autofocus
            />
          </div>
          <button class="site-button site-primary" type="submit">
            {security.confirm}
          </button>
        </form>
        <PasskeySignIn {...{ texts, formToken, origin, next }} />
        <p>
          <a href={next}>{texts.cancel}</a>
        </p>
      </main>
    </Document>
  );
}
