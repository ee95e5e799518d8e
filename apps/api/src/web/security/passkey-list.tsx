import type { PasskeyRow } from '@lib/acl';
import type { Texts } from '../texts/texts.js';
import { Moment } from './session-list.js';
import { FormToken } from '../layout/form-token.js';

interface PasskeyListProps {
  texts: Texts;
  formToken: string;
  passkeys: readonly PasskeyRow[];
  /** Whether somebody proved not long ago that it is they; without, passkeys are neither added nor removed. */
  isProved: boolean;
  /** Where passkeys work. */
  origin: string;
  /** What a new passkey may be called. */
  suggestion: string;
}

/** The passkeys of somebody, and a form for another one. */
export function PasskeyList({ passkeys, ...props }: PasskeyListProps) {
  const { texts, isProved } = props;
  const { security } = texts;
  return (
    <section aria-labelledby="site-passkeys">
      <h2 id="site-passkeys">{security.passkeys}</h2>
      <p class="site-soft">{security.passkeysHint}</p>
      {passkeys.length === 0 ? (
        <p>{security.noPasskeys}</p>
      ) : (
        <ul class="site-entries">
          {passkeys.map((passkey) => (
            <Passkey {...props} passkey={passkey} />
          ))}
        </ul>
      )}
      {isProved ? <AddPasskey {...props} /> : <Confirm texts={texts} />}
    </section>
  );
}

function Passkey({
  texts,
  formToken,
  passkey,
  isProved,
}: Omit<PasskeyListProps, 'passkeys'> & { passkey: PasskeyRow }) {
  const { security } = texts;
  const field = `site-passkey-${passkey.id}`;
  return (
    <li class="site-entry">
      <div>
        <strong>{passkey.name}</strong>
        <p class="site-hint">
          {security.added} <Moment at={passkey.createdAt} texts={texts} />
          {passkey.lastUsedAt !== null && (
            <>
              {' '}
              · {security.used} <Moment at={passkey.lastUsedAt} texts={texts} />
            </>
          )}
        </p>
        <details>
          <summary aria-label={`${security.rename}: ${passkey.name}`}>{security.rename}</summary>
          <form class="site-field site-line" method="post" action="/account/security/passkeys/rename">
            <Hidden formToken={formToken} id={passkey.id} />
            <label class="site-hidden" for={field}>
              {security.name}
            </label>
            <input id={field} name="name" value={passkey.name} maxlength={100} required autocomplete="off" />
            <button class="site-button" type="submit">
              {texts.save}
            </button>
          </form>
        </details>
      </div>
      {isProved && (
        <form method="post" action="/account/security/passkeys/remove">
          <Hidden formToken={formToken} id={passkey.id} />
          <button class="site-button" type="submit" aria-label={`${security.remove}: ${passkey.name}`}>
            {security.remove}
          </button>
        </form>
      )}
    </li>
  );
}

function Hidden({ formToken, id }: { formToken: string; id: string }) {
  return (
    <>
      <FormToken token={formToken} />
      <input type="hidden" name="id" value={id} />
    </>
  );
}

function AddPasskey({ texts, formToken, origin, suggestion }: Omit<PasskeyListProps, 'passkeys'>) {
  const { security } = texts;
  return (
    <>
      <p class="site-hint" data-without-passkeys>
        {security.without(origin)}
      </p>
      <form
        method="post"
        action="/account/security/passkeys"
        data-passkey="add"
        data-options="/account/security/passkeys/options"
        data-origin={origin}
        data-failed={security.notAdded}
        hidden
      >
        <FormToken token={formToken} />
        <input type="hidden" name="answer" value="" />
        <div class="site-field">
          <label for="site-passkey-name">{security.name}</label>
          <input id="site-passkey-name" name="name" value={suggestion} maxlength={100} required autocomplete="off" />
          <p class="site-hint">{security.nameHint}</p>
        </div>
        <p class="site-fault" role="alert" data-fault hidden />
        <button class="site-button site-primary" type="submit">
          {security.add}
        </button>
      </form>
    </>
  );
}

function Confirm({ texts }: { texts: Texts }) {
  return (
    <p>
      {texts.security.confirmFirst}{' '}
      <a class="site-button" href="/account/security/confirm">
        {texts.security.confirm}
      </a>
    </p>
  );
}
