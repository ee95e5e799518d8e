import type { Texts } from '../texts/texts.js';
import { FormToken } from '../layout/form-token.js';

interface PasskeySignInProps {
  texts: Texts;
  formToken: string;
  next: string;
  /** Where passkeys work. */
  origin: string;
}

/** Signing in with a passkey; a script shows it where the browser can. */
export function PasskeySignIn({ texts, formToken, next, origin }: PasskeySignInProps) {
  return (
    <form
      class="site-or"
      method="post"
      action="/auth/passkey"
      data-passkey="sign-in"
      data-options="/auth/passkey/options"
      data-origin={origin}
      data-failed={texts.security.notSignedIn}
      hidden
    >
      <FormToken token={formToken} />
      <input type="hidden" name="next" value={next} />
      <input type="hidden" name="answer" value="" />
      <p class="site-fault" role="alert" data-fault hidden />
      <button class="site-button" type="submit">
        {texts.security.signIn}
      </button>
    </form>
  );
}
