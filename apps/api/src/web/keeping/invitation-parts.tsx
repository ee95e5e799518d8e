import type { OpenInvitation } from '@lib/acl';
import { Field } from '../accounts/field.js';
import { type Managed, managePath } from '../layout/manage-frame.js';
import { dayOf } from '../texts/texts.js';
import { linkDays } from './members.schema.js';
import { Choice, OneButton, PostForm } from './parts.js';

/** A link that was made just now, which is shown this once. */
export interface MadeLink {
  link: string;
  invitation: OpenInvitation;
  /** Whether mails are sent here, and this was made for an address. */
  isMailed: boolean;
  /** Whether whoever has no account makes one with it. */
  makesAccounts: boolean;
}

/** What was typed into the form that lets somebody in, and why it did not do. */
export interface Typed {
  login: string;
  role: string;
  days: number;
  fault?: string | undefined;
}

interface PartProps {
  managed: Managed;
  formToken: string;
}

/** The form that gives a role, by a username, an e-mail address, or a link; and the link that came of it. */
export function LetIn(props: PartProps & { made: MadeLink | undefined; typed: Typed | undefined }) {
  const { managed, formToken, made, typed } = props;
  const { members: said } = managed.texts.keeping;
  return (
    <>
      {made !== undefined && <Made {...{ managed, made }} />}
      <section class="site-part" aria-labelledby="site-let-in">
        <h2 id="site-let-in">{said.add}</h2>
        <PostForm action={`${managePath(managed.wiki, 'members')}/invite`} formToken={formToken}>
          <Field
            {...{ name: 'login', label: said.login, hint: said.loginHint, value: typed?.login ?? '' }}
            {...{ autocomplete: 'off', required: false, fault: typed?.fault }}
          />
          <div class="site-choices">
            <Choice
              {...{ name: 'role', label: said.roleField, value: typed?.role ?? 'viewer' }}
              options={[
                ['viewer', said.means.viewer],
                ['editor', said.means.editor],
              ]}
            />
            <Choice
              {...{ name: 'days', label: said.daysField, value: String(typed?.days ?? 7) }}
              options={linkDays.map((days) => [String(days), said.days(days)])}
            />
          </div>
          <button class="site-button site-primary" type="submit">
            {said.addButton}
          </button>
        </PostForm>
      </section>
    </>
  );
}

function Made({ managed, made: { link, invitation, isMailed, makesAccounts } }: { managed: Managed; made: MadeLink }) {
  const { texts } = managed;
  const { link: said } = texts.keeping.members;
  const { email, role, expiresAt } = invitation;
  return (
    <section class="site-notice site-done" aria-labelledby="site-made">
      <h2 id="site-made" tabindex={-1} autofocus>
        {said.title}
      </h2>
      <p>{email !== null && isMailed ? said.mailed(email) : said.pass}</p>
      <pre class="wb-code">
        <code>{link}</code>
      </pre>
      <p class="site-hint">{said[makesAccounts ? 'means' : 'meansClosed'](role, dayOf(expiresAt, texts))}</p>
    </section>
  );
}

/** The invitations that nobody has accepted yet. */
export function Invitations({
  managed,
  formToken,
  invitations,
}: PartProps & { invitations: readonly OpenInvitation[] }) {
  const { texts, wiki } = managed;
  const { members: said } = texts.keeping;
  if (invitations.length === 0) return null;
  return (
    <section class="site-part" aria-labelledby="site-pending">
      <h2 id="site-pending">{said.pending}</h2>
      <ul class="site-entries">
        {invitations.map(({ id, email, role, by, expiresAt }) => (
          <li class="site-entry">
            <div>
              <span dir="auto">{email ?? said.anyone}</span>
              <p class="site-hint">
                {said.until(role, dayOf(expiresAt, texts))}
                {by !== null && said.by(by)}
              </p>
            </div>
            <OneButton
              {...{ action: `${managePath(wiki, 'members')}/revoke`, formToken, fields: { id } }}
              {...{ text: said.revoke, label: said.revokeWhom(email ?? said.anyone) }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
