import type { Person } from '@lib/acl';
import type { ComponentChildren } from 'preact';
import { Fault } from '../layout/fault.js';
import type { Texts } from '../texts/texts.js';
import type { PageBase } from './account-pages.js';
import { Field, faultText, passwordHint } from './field.js';
import { Whose } from './link-screens.js';
import { Narrow } from './message-screens.js';
import { FormToken } from '../layout/form-token.js';

/** Why one of the forms was refused: in a sentence, or by field. */
export interface Refused {
  form: 'name' | 'email' | 'password';
  fault?: string;
  fields?: Record<string, string>;
  typed?: string;
}

interface AccountScreenProps extends PageBase {
  person: Person;
  done?: 'name' | 'email' | 'password' | undefined;
  refused?: Refused | null;
}

/** The own account: how one is called, and the address and the password one has. */
export function AccountScreen({ person, done, refused = null, ...base }: AccountScreenProps) {
  const { settings } = base.texts.accounts;
  const shown = { ...base, person, refused };
  return (
    <Narrow {...base} title={base.texts.accounts.account}>
      <p>{settings.person(person.username)}</p>
      {done !== undefined && (
        <p class="site-notice site-done" role="status">
          {done === 'email' && !base.hasMail ? settings.done.emailByOperator : settings.done[done]}
        </p>
      )}
      <NameForm {...shown} />
      <EmailForm {...shown} />
      <PasswordForm {...shown} />
      <ul class="site-ways-on">
        <li>
          <a href="/account/security">{settings.security}</a>
        </li>
        <li>
          <a href="/account/tokens">{base.texts.connect.tokens.all}</a>
        </li>
        <li>
          <a href="/">{settings.desk}</a>
        </li>
      </ul>
    </Narrow>
  );
}

type FormProps = PageBase & { person: Person; refused: Refused | null };

function NameForm({ texts, formToken, person, refused }: FormProps) {
  const { accounts } = texts;
  const { why, typed, fault } = refusal('name', refused, texts);
  return (
    <Part {...{ name: 'name', title: accounts.settings.profile, formToken, fault, button: accounts.settings.save }}>
      <Field
        {...{ name: 'display_name', label: accounts.displayName, value: typed ?? person.displayName }}
        {...{ autocomplete: 'name', fault: why('displayName') }}
      />
    </Part>
  );
}

function EmailForm({ texts, formToken, person, refused }: FormProps) {
  const { accounts } = texts;
  const { settings } = accounts;
  const { why, typed, fault } = refusal('email', refused, texts);
  return (
    <Part {...{ name: 'email', title: accounts.email, formToken, fault, button: settings.changeEmail }}>
      <p>{person.email === null ? settings.noEmail : settings.emailNow(person.email)}</p>
      <Field
        {...{ name: 'email', type: 'email', label: settings.newEmail, value: typed, autocomplete: 'email' }}
        {...{ hint: settings.emailWaits, fault: why('email') }}
      />
      {person.hasPassword && (
        <Field
          {...{ name: 'own_password', type: 'password', label: accounts.ownPassword }}
          {...{ autocomplete: 'current-password', fault: why('ownPassword') }}
        />
      )}
    </Part>
  );
}

function PasswordForm({ texts, formToken, person, refused }: FormProps) {
  const { accounts } = texts;
  const { settings } = accounts;
  const { why, fault } = refusal('password', refused, texts);
  if (!person.hasPassword) {
    return (
      <section class="site-part" id="password">
        <h2>{texts.password}</h2>
        <p>
          {settings.noPassword} <a href="/auth/forgotten">{settings.getPassword}</a>
        </p>
      </section>
    );
  }
  return (
    <Part {...{ name: 'password', title: texts.password, formToken, fault, button: settings.changePassword }}>
      <Whose username={person.username} />
      <Field
        {...{ name: 'current_password', type: 'password', label: accounts.currentPassword }}
        {...{ autocomplete: 'current-password', fault: why('currentPassword') }}
      />
      <Field
        {...{ name: 'new_password', type: 'password', label: accounts.newPassword, autocomplete: 'new-password' }}
        {...{ hint: `${passwordHint(texts)} ${settings.othersEnd}`, fault: why('password') }}
      />
    </Part>
  );
}

interface PartProps {
  name: Refused['form'];
  title: string;
  formToken: string;
  fault: string | null;
  button: string;
  children: ComponentChildren;
}

function Part({ name, title, formToken, fault, button, children }: PartProps) {
  return (
    <section class="site-part" id={name}>
      <h2>{title}</h2>
      <Fault text={fault} />
      <form method="post" action={`/account/${name}`}>
        <FormToken token={formToken} />
        {children}
        <button class="site-button site-primary" type="submit">
          {button}
        </button>
      </form>
    </section>
  );
}

function refusal(form: Refused['form'], refused: Refused | null, texts: Texts) {
  const own = refused?.form === form ? refused : null;
  const why = (field: string) => faultText(texts, field, own?.fields?.[field]);
  return { why, typed: own?.typed, fault: own?.fault ?? null };
}
