import type { Snippets } from '../../connect/snippets.js';
import type { NamedToken } from '../../tokens/token-answers.js';
import { type Site, SiteFrame } from '../layout/site-frame.js';
import { Code } from './client-list.js';
import type { FormFaults } from './form-faults.js';
import { confirmPath, TokenFault } from './token-fault.js';
import { TokenForm } from './token-form.js';
import { TokenList } from './token-list.js';
import type { TypedToken } from './tokens.schema.js';

/** A token for several wikis that is shown this once. */
export interface FreshAccountToken {
  label: string;
  secret: string;
  snippets: Snippets;
}

interface AccountTokensScreenProps extends Site {
  own: string;
  tokens: readonly NamedToken[];
  /** The wikis that can be chosen, as owner/slug. */
  wikis: readonly string[];
  fresh: FreshAccountToken | null;
  typed: TypedToken;
  /** The wikis that are ticked; null is all there are. */
  chosen: readonly string[] | null;
  faults: FormFaults | null;
  isRevoked: boolean;
  /** Whether somebody proved not long ago that it is they. */
  isProved: boolean;
}

/** All own tokens, over all wikis. */
export function AccountTokensScreen(props: AccountTokensScreenProps) {
  const { own, tokens, wikis, fresh, typed, chosen, faults, isRevoked, isProved, ...site } = props;
  const { texts, ownFormToken: formToken } = site;
  const said = texts.connect.tokens;
  const choices = ['read', 'write', 'admin'] as const;
  return (
    <SiteFrame {...site} title={`${said.all} · wikibot`} isPrivate>
      <p class="site-of">
        <a href="/account">{texts.accounts.account}</a> · <a href="/account/security">{said.security}</a>
      </p>
      <h1>{said.all}</h1>
      {isRevoked && (
        <p class="site-notice site-done" role="status">
          {said.revoked}
        </p>
      )}
      {fresh !== null && <Fresh {...{ texts, fresh }} />}
      <p>{said.introAll}</p>
      <TokenList {...{ texts, formToken, tokens, revoke: `${own}/revoke`, showsWikis: true }} />
      <section class="site-step" aria-labelledby="site-create">
        <h2 id="site-create">{said.create}</h2>
        <TokenFault {...{ texts, faults, next: own }} />
        {isProved ? (
          <TokenForm {...{ texts, formToken, action: own, typed, choices, fields: faults?.fields ?? {} }}>
            <Reach {...{ texts, wikis, chosen, fault: faults?.fields['wikis'] }} />
          </TokenForm>
        ) : (
          <p>
            {said.proveFirst}{' '}
            <a class="site-button" href={confirmPath(own)}>
              {texts.security.confirm}
            </a>
          </p>
        )}
      </section>
    </SiteFrame>
  );
}

function Fresh({ texts, fresh }: Pick<AccountTokensScreenProps, 'texts'> & { fresh: FreshAccountToken }) {
  const { tokens: said, clients, token } = texts.connect;
  return (
    <div class="site-secret">
      <p>
        <strong>{said.shown(fresh.label)}</strong>
      </p>
      <Code name={token.title}>{fresh.secret}</Code>
      <p class="site-hint">{said.shownHint}</p>
      <p>{clients.claudeCode}</p>
      <Code name={clients.claudeCode}>{fresh.snippets.claudeCode}</Code>
      <p>{clients.json}</p>
      <Code name={clients.json}>{fresh.snippets.json}</Code>
    </div>
  );
}

interface ReachProps extends Pick<AccountTokensScreenProps, 'texts' | 'wikis' | 'chosen'> {
  fault: string | undefined;
}

function Reach({ texts, wikis, chosen, fault }: ReachProps) {
  const said = texts.connect.tokens;
  return (
    <fieldset class="site-choices">
      <legend>{said.reach}</legend>
      <label class="site-choice">
        <input type="radio" name="reach" value="all" checked={chosen === null} />
        <span>{said.reachAll}</span>
      </label>
      {wikis.length > 0 && (
        <>
          <label class="site-choice">
            <input type="radio" name="reach" value="chosen" checked={chosen !== null} />
            <span>{said.reachChosen}</span>
          </label>
          <div class="site-ticks">
            {wikis.map((name) => (
              <label class="site-choice">
                <input type="checkbox" name={`wiki:${name}`} value="on" checked={chosen?.includes(name)} />
                <span>{name}</span>
              </label>
            ))}
          </div>
        </>
      )}
      {fault !== undefined && <p class="site-fault">{fault}</p>}
    </fieldset>
  );
}
