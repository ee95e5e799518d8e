import type { NewAddress } from '@lib/acl';
import { Fault } from '../layout/fault.js';
import type { PageBase } from './account-pages.js';
import { Field, faultText, passwordHint } from './field.js';
import { Narrow } from './message-screens.js';
import { FormToken } from '../layout/form-token.js';

interface LinkProps extends PageBase {
  token: string;
  fault?: string | null;
  fields?: Record<string, string>;
}

/** Where the link of a new account leads: who filled in the form shows so by the password. */
export function ConfirmScreen(props: LinkProps & { username: string; email: string }) {
  const { token, username, email, fault = null, fields = {}, ...base } = props;
  const { accounts } = base.texts;
  const isGone = fields['username'] !== undefined;
  return (
    <Narrow {...base} title={accounts.confirm.signUp}>
      <p>{accounts.confirm.signUpText(email)}</p>
      <Fault text={fault ?? faultText(base.texts, 'email', fields['email']) ?? null} />
      <form method="post" action="/auth/confirm">
        <Hidden formToken={base.formToken} token={token} />
        {isGone ? (
          <Field
            {...{ name: 'username', label: accounts.username, value: username, autocomplete: 'username' }}
            {...{ hint: accounts.usernameHint, fault: faultText(base.texts, 'username', fields['username']) }}
          />
        ) : (
          <Whose username={username} />
        )}
        <Field
          {...{ name: 'password', type: 'password', autocomplete: 'current-password' }}
          {...{ label: accounts.chosenPassword, hint: accounts.confirm.forgot }}
          fault={faultText(base.texts, 'password', fields['password'])}
        />
        <button class="site-button site-primary" type="submit">
          {accounts.confirm.make}
        </button>
      </form>
    </Narrow>
  );
}

/** Where the link to a new e-mail address leads. A program that only looks at links changes nothing. */
export function ConfirmEmailScreen({ token, username, email, ...base }: LinkProps & NewAddress) {
  const { confirm } = base.texts.accounts;
  return (
    <Narrow {...base} title={confirm.email}>
      <p>{confirm.emailText(email, username)}</p>
      <form method="post" action="/auth/confirm-email">
        <Hidden formToken={base.formToken} token={token} />
        <button class="site-button site-primary" type="submit">
          {confirm.yes}
        </button>
      </form>
    </Narrow>
  );
}

/** That an address is confirmed; to whoever followed the link, signed in here or not. */
export function ConfirmedScreen(base: PageBase) {
  const { confirm, account } = base.texts.accounts;
  return (
    <Narrow {...base} title={confirm.done}>
      <p>
        <a class="site-button" href="/account">
          {account}
        </a>
      </p>
    </Narrow>
  );
}

/** Where one asks for a link to choose a new password. */
export function ForgottenScreen({ fault = null, ...base }: PageBase & { fault?: string | null }) {
  const { reset } = base.texts.accounts;
  return (
    <Narrow {...base} title={reset.title}>
      <p>{reset.ask}</p>
      <Fault text={fault} />
      <form method="post" action="/auth/forgotten">
        <FormToken token={base.formToken} />
        <Field name="login" label={base.texts.login} autocomplete="username" />
        <button class="site-button site-primary" type="submit">
          {reset.send}
        </button>
      </form>
    </Narrow>
  );
}

/** Where that link leads. */
export function ResetScreen({ token, username, fault = null, fields = {}, ...base }: LinkProps & { username: string }) {
  const { accounts } = base.texts;
  return (
    <Narrow {...base} title={accounts.reset.title}>
      <p>{accounts.reset.text(username)}</p>
      <Fault text={fault} />
      <form method="post" action="/auth/reset">
        <Hidden formToken={base.formToken} token={token} />
        <Whose username={username} />
        <Field
          {...{ name: 'password', type: 'password', label: accounts.newPassword, autocomplete: 'new-password' }}
          {...{ hint: passwordHint(base.texts), fault: faultText(base.texts, 'password', fields['password']) }}
        />
        <button class="site-button site-primary" type="submit">
          {accounts.reset.save}
        </button>
      </form>
    </Narrow>
  );
}

function Hidden({ formToken, token }: { formToken: string; token: string }) {
  return (
    <>
      <FormToken token={formToken} />
      <input type="hidden" name="token" value={token} />
    </>
  );
}

/** Tells password managers whose password it is; it is not sent. */
export function Whose({ username }: { username: string }) {
  return (
    <input
      class="site-hidden"
      type="text"
      value={username}
      autocomplete="username"
      tabindex={-1}
      aria-hidden="true"
      readonly
    />
  );
}
