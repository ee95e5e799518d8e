import type { Texts } from '../texts/texts.js';
import { FormToken } from './form-token.js';

/** The form that ends a session; nothing for whoever did not sign in here. */
export function SignOut({
  formToken,
  texts,
  action = '/auth/sign-out',
}: {
  formToken: string | null;
  texts: Texts;
  action?: string;
}) {
  if (formToken === null) return null;
  return (
    <form method="post" action={action}>
      <FormToken token={formToken} />
      <button class="site-button" type="submit">
        {texts.signOut}
      </button>
    </form>
  );
}
