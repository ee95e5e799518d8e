import { SignInWays } from '../accounts/sign-in-ways.js';
import { type Site, SiteFrame } from '../layout/site-frame.js';
import { PasskeySignIn } from './passkey-sign-in.js';
import { FormToken } from '../layout/form-token.js';

interface SignInScreenProps {
  site: Site;
  formToken: string;
  next: string;
  /** Where passkeys work. */
  origin: string;
  /** What was typed before, and why it did not do. */
  login?: string;
  fault?: string | null;
  /** Whether anybody may make an account. */
  mayMake: boolean;
}

/** Where one signs in with username or e-mail address, and password. */
export function SignInScreen(props: SignInScreenProps) {
  const { site, formToken, next, origin, login = '', fault = null, mayMake } = props;
  const { texts } = site;
  return (
    <SiteFrame
      {...site}
      {...{ title: `${texts.signIn} · wikibot`, description: texts.site.signInTo, width: 'narrow' }}
      canonical={`${origin}/auth/sign-in`}
      scripts={['passkeys.js']}
    >
      <h1>{texts.signIn}</h1>
      <form method="post" action="/auth/sign-in">
        <FormToken token={formToken} />
        <input type="hidden" name="next" value={next} />
        {fault !== null && (
          <p class="site-fault" role="alert" id="site-fault">
            {fault}
          </p>
        )}
        <div class="site-field">
          <label for="site-login">{texts.login}</label>
          <input
            id="site-login"
            name="login"
            value={login}
            autocomplete="username webauthn"
            required
            autofocus={login === ''}
          />
        </div>
        <div class="site-field">
          <label for="site-password">{texts.password}</label>
          <input
            id="site-password"
            name="password"
            type="password"
            autocomplete="current-password"
            required
            aria-describedby={fault === null ? undefined : 'site-fault'}
          />
        </div>
        <button class="site-button site-primary" type="submit">
          {texts.signIn}
        </button>
      </form>
      <PasskeySignIn {...{ texts, formToken, next, origin }} />
      <SignInWays texts={texts} mayMake={mayMake} />
    </SiteFrame>
  );
}
