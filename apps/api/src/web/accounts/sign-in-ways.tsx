import type { Texts } from '../texts/texts.js';

/** Where whoever cannot sign in goes on. */
export function SignInWays({ texts: { accounts }, mayMake }: { texts: Texts; mayMake: boolean }) {
  return (
    <ul class="site-ways-on">
      <li>
        <a href="/auth/forgotten">{accounts.forgotten}</a>
      </li>
      {mayMake && (
        <li>
          <a href="/auth/sign-up">{accounts.signUp}</a>
        </li>
      )}
    </ul>
  );
}
