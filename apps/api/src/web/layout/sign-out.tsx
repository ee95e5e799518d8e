import type { Texts } from '../texts/texts.js';

/** The form that ends a session; nothing for whoever did not sign in here. */
export function SignOut({ formToken, texts }: { formToken: string | null; texts: Texts }) {
  if (formToken === null) return null;
  return (
    <form method="post" action="/auth/sign-out">
      <input type="hidden" name="form_token" value={formToken} />
      <button class="site-button" type="submit">
        {texts.signOut}
      </button>
    </form>
  );
}
