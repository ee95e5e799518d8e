import { Fault } from '../layout/fault.js';
import { type Site, SiteFrame } from '../layout/site-frame.js';
import { PasskeySignIn } from '../sign-in/passkey-sign-in.js';
import { FormToken } from '../layout/form-token.js';

interface ConfirmScreenProps {
  site: Site;
  formToken: string;
  /** By which a password manager finds the password. */
  username: string;
  origin: string;
  fault: string | null;
  /** Where one goes on. */
  next: string;
}

/** Where somebody proves again that it is they, before what a stolen session must not do. */
export function ConfirmScreen({ site, formToken, username, origin, fault, next }: ConfirmScreenProps) {
  const { texts } = site;
  const { security } = texts;
  return (
    <SiteFrame {...site} title={`${security.confirm} · wikibot`} width="narrow" scripts={['passkeys.js']} isPrivate>
      <h1>{security.confirm}</h1>
      <p>{security.confirmHint}</p>
      <Fault text={fault} />
      <form method="post" action="/account/security/confirm">
        <FormToken token={formToken} />
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
    </SiteFrame>
  );
}
