import type { Invitation } from '@lib/acl';
import { Fault } from '../layout/fault.js';
import type { Texts } from '../texts/texts.js';
import type { PageBase } from './account-pages.js';
import { Field, faultText, passwordHint } from './field.js';
import { Narrow } from './message-screens.js';
import { FormToken } from '../layout/form-token.js';

interface SignUpScreenProps extends PageBase {
  invitation: Invitation | null;
  /** The secret of the invitation. */
  secret: string | null;
  needsEmail: boolean;
  typed?: { username: string; displayName: string; email: string };
  fault?: string | null;
  fields?: Record<string, string>;
}

/** Where one makes an account. */
export function SignUpScreen(props: SignUpScreenProps) {
  const { invitation, secret, needsEmail, typed, fault = null, fields = {}, ...base } = props;
  const { texts, formToken } = base;
  const { accounts } = texts;
  const why = (field: string) => faultText(texts, field, fields[field]);
  const next = `/auth/sign-up?invitation=${encodeURIComponent(secret ?? '')}`;
  return (
    <Narrow {...base} title={accounts.signUp}>
      {invitation !== null && <Invited invitation={invitation} texts={texts} />}
      <Fault text={fault} />
      <form method="post" action="/auth/sign-up">
        <FormToken token={formToken} />
        {secret !== null && <input type="hidden" name="invitation" value={secret} />}
        <Field
          {...{ name: 'username', label: accounts.username, value: typed?.username, autocomplete: 'username' }}
          {...{ hint: accounts.usernameHint, fault: why('username') }}
        />
        <Field
          {...{ name: 'display_name', label: accounts.displayName, value: typed?.displayName, autocomplete: 'name' }}
          {...{ hint: accounts.displayNameHint, fault: why('displayName'), required: false }}
        />
        <Field
          {...{ name: 'email', type: 'email', label: accounts.email, value: typed?.email, autocomplete: 'email' }}
          {...{ hint: needsEmail ? accounts.emailHint : accounts.emailOptional, fault: why('email') }}
          required={needsEmail}
        />
        <Field
          {...{ name: 'password', type: 'password', label: texts.password, autocomplete: 'new-password' }}
          {...{ hint: passwordHint(texts), fault: why('password') }}
        />
        <button class="site-button site-primary" type="submit">
          {accounts.signUp}
        </button>
      </form>
      <p>
        <a href={secret === null ? '/auth/sign-in' : `/auth/sign-in?next=${encodeURIComponent(next)}`}>
          {accounts.haveAccount}
        </a>
      </p>
    </Narrow>
  );
}

/** Where whoever has an account accepts an invitation to a wiki. */
export function AcceptScreen(
  props: PageBase & { invitation: Invitation; secret: string; who: string; fault?: string },
) {
  const { invitation, secret, who, fault = null, ...base } = props;
  const { accounts } = base.texts;
  return (
    <Narrow {...base} title={accounts.invited.accept}>
      <Fault text={fault} />
      <p>{accounts.invited.signedIn(who)}</p>
      {invitation.grant === null ? (
        <p>{accounts.invited.nothing}</p>
      ) : (
        <form method="post" action="/auth/accept">
          <Invited invitation={invitation} texts={base.texts} />
          <FormToken token={base.formToken} />
          <input type="hidden" name="invitation" value={secret} />
          <button class="site-button site-primary" type="submit">
            {accounts.invited.accept}
          </button>
        </form>
      )}
    </Narrow>
  );
}

function Invited({ invitation: { grant, isFirst }, texts }: { invitation: Invitation; texts: Texts }) {
  const { invited } = texts.accounts;
  if (grant === null) return <p>{isFirst ? invited.operator : invited.platform}</p>;
  return (
    <p>
      {invited.wiki(grant.by, grant.name)} {invited.role(grant.role)}
    </p>
  );
}
