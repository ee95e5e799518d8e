import type { SessionRow } from '@lib/acl';
import type { Texts } from '../texts/texts.js';
import { timeOf } from '../texts/texts.js';
import { browserName } from './browser-name.js';
import { FormToken } from '../layout/form-token.js';

interface SessionListProps {
  texts: Texts;
  formToken: string;
  sessions: readonly SessionRow[];
  /** The id of the session that the page is read with. */
  own: string;
}

/** Where somebody is signed in, with what ends it. */
export function SessionList({ texts, formToken, sessions, own }: SessionListProps) {
  const { security } = texts;
  return (
    <section aria-labelledby="site-sessions">
      <h2 id="site-sessions">{security.sessions}</h2>
      <p class="site-soft">{security.sessionsHint}</p>
      <ul class="site-entries">
        {sessions
          .filter(({ parent }) => parent === null)
          .map((session) => (
            <li>
              <Session {...{ texts, formToken, session }} isOwn={session.id === own} />
              <Hosts {...{ texts, formToken }} sessions={sessions.filter(({ parent }) => parent === session.id)} />
            </li>
          ))}
      </ul>
      <form method="post" action="/account/security/sessions/end-all">
        <FormToken token={formToken} />
        <button class="site-button" type="submit">
          {security.endAll}
        </button>
      </form>
    </section>
  );
}

function Session({ texts, formToken, session, isOwn }: SessionProps & { isOwn: boolean }) {
  const { security } = texts;
  return (
    <div class="site-entry">
      <div>
        <strong>{nameOf(session, texts)}</strong> {isOwn && <span class="site-badge">{security.thisOne}</span>}
        <p class="site-hint">
          {session.network !== null && <>{security.from(session.network)} · </>}
          {security.begun} <Moment at={session.createdAt} texts={texts} /> · {security.seen}{' '}
          <Moment at={session.lastSeenAt} texts={texts} />
        </p>
      </div>
      <End {...{ texts, formToken, session }} />
    </div>
  );
}

interface SessionProps {
  texts: Texts;
  formToken: string;
  session: SessionRow;
}

/** The hosts of wikis that were visited from one session of the platform. */
function Hosts({ texts, formToken, sessions }: Pick<SessionListProps, 'texts' | 'formToken' | 'sessions'>) {
  if (sessions.length === 0) return null;
  return (
    <ul class="site-entries">
      {sessions.map((session) => (
        <li class="site-entry">
          <div>
            {session.host}
            <p class="site-hint">
              {texts.security.seen} <Moment at={session.lastSeenAt} texts={texts} />
            </p>
          </div>
          <End {...{ texts, formToken, session }} />
        </li>
      ))}
    </ul>
  );
}

function End({ texts, formToken, session }: SessionProps) {
  const name = session.host ?? nameOf(session, texts);
  return (
    <form method="post" action="/account/security/sessions/end">
      <FormToken token={formToken} />
      <input type="hidden" name="id" value={session.id} />
      <button class="site-button" type="submit" aria-label={`${texts.security.end}: ${name}`}>
        {texts.security.end}
      </button>
    </form>
  );
}

/** A moment, in the machine's form too. */
export function Moment({ at, texts }: { at: Date; texts: Texts }) {
  return <time dateTime={at.toISOString()}>{timeOf(at, texts)}</time>;
}

function nameOf({ agent }: SessionRow, { security }: Texts): string {
  const name = browserName(agent);
  return name === null ? security.unknownBrowser : security.browser(name.browser, name.system);
}
