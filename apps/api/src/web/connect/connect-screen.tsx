import type { TokenRow } from '@lib/acl';
import type { Snippets } from '../../connect/snippets.js';
import { Field } from '../accounts/field.js';
import { Fault } from '../layout/fault.js';
import { ManageFrame, type Managed } from '../layout/manage-frame.js';
import type { Calls, Watch } from './calls.js';
import { ClientList, Code } from './client-list.js';
import { FormToken } from '../layout/form-token.js';
import type { FormFaults } from './form-faults.js';
import { LiveLine } from './live-line.js';
import { May } from './token-form.js';
import type { TypedToken } from './tokens.schema.js';

/** A token that is shown this once. */
export interface FreshToken {
  row: TokenRow;
  secret: string;
  isNewWiki: boolean;
}

export interface ConnectScreenProps extends Managed {
  /** The address of this page. */
  own: string;
  snippets: Snippets;
  fresh: FreshToken | null;
  choices: readonly TypedToken['may'][];
  typed: Pick<TypedToken, 'label' | 'may'>;
  faults: FormFaults | null;
  mayWrite: boolean;
  /** Null for nobody, who has no token by which a call could be known. */
  live: { watch: Watch; calls: Calls } | null;
}

/** Where an agent is connected to a wiki. */
export function ConnectScreen(props: ConnectScreenProps) {
  const { own, snippets, fresh, faults, mayWrite, live, ...managed } = props;
  const { texts, wiki, actor } = managed;
  const said = texts.connect;
  const isPublic = wiki.visibility === 'public';
  const isKnown = actor.username !== null;
  return (
    <ManageFrame {...managed} part="connect" scripts={['connect.js']}>
      {fresh?.isNewWiki && (
        <p class="site-notice site-done" role="status">
          {said.made(wiki.name)}
        </p>
      )}
      <p>{isKnown || !isPublic ? said.intro.wiki : said.intro.open}</p>
      <section class="site-step" aria-labelledby="site-endpoint">
        <h2 id="site-endpoint">{said.endpoint}</h2>
        <Code name={said.endpoint}>{snippets.endpoint}</Code>
      </section>
      <section class="site-step" aria-labelledby="site-token">
        <h2 id="site-token">{said.token.title}</h2>
        <Fault text={faults?.fault ?? null} />
        <Token {...props} />
      </section>
      <section class="site-step" aria-labelledby="site-clients">
        <h2 id="site-clients">{said.clients.title}</h2>
        <ClientList {...{ texts, snippets, isPublic, isKnown }} />
      </section>
      <section class="site-step" aria-labelledby="site-first">
        <h2 id="site-first">{said.first.title}</h2>
        <p>{said.first.hint}</p>
        <Code name={said.first.title}>{mayWrite ? said.first.write(wiki.name) : said.first.read(wiki.name)}</Code>
      </section>
      {live !== null && <LiveLine {...{ texts, address: `${own}/calls`, ...live }} />}
    </ManageFrame>
  );
}

function Token(props: ConnectScreenProps) {
  const { texts, fresh, actor, own, faults } = props;
  const said = texts.connect.token;
  if (actor.username === null) {
    return (
      <p>
        <a class="site-button" href={`/auth/sign-in?next=${encodeURIComponent(own)}`}>
          {said.signIn}
        </a>
      </p>
    );
  }
  if (fresh === null) {
    return (
      <>
        <p>
          {said.none} <span class="site-soft">{said.lost}</span>
        </p>
        <ClientForm {...props} />
      </>
    );
  }
  return (
    <>
      <div class="site-secret">
        <p>
          <strong>{fresh.row.kind === 'wiki' ? said.wiki : said.yours(fresh.row.label)}</strong>
        </p>
        <Code name={said.title}>{fresh.secret}</Code>
        <p class="site-hint">{said.once}</p>
      </div>
      <details class="site-unfold" open={faults !== null}>
        <summary>{said.another}</summary>
        <ClientForm {...props} />
      </details>
    </>
  );
}

function ClientForm({ texts, ownFormToken, own, choices, typed, faults }: ConnectScreenProps) {
  const said = texts.connect.token;
  return (
    <form class="site-form" method="post" action={own}>
      <FormToken token={ownFormToken} />
      <Field
        {...{ name: 'label', label: said.client, value: typed.label, autocomplete: 'off' }}
        {...{ hint: said.clientHint, fault: faults?.fields['label'] }}
      />
      {choices.length === 1 ? (
        <p class="site-hint">
          <input type="hidden" name="may" value="read" />
          {said.onlyRead}
        </p>
      ) : (
        <May {...{ texts, choices, chosen: typed.may }} />
      )}
      <button class="site-button site-primary" type="submit">
        {said.make}
      </button>
    </form>
  );
}
