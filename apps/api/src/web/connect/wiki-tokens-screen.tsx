import type { NamedToken } from '../../tokens/token-answers.js';
import { ManageFrame, type Managed } from '../layout/manage-frame.js';
import { FormToken } from '../layout/form-token.js';
import type { FormFaults } from './form-faults.js';
import { TokenForm } from './token-form.js';
import { TokenList } from './token-list.js';
import { TokenFault } from './token-fault.js';
import type { TypedToken } from './tokens.schema.js';

interface WikiTokensScreenProps extends Managed {
  /** The address of this page. */
  own: string;
  tokens: readonly NamedToken[];
  typed: TypedToken;
  choices: readonly TypedToken['may'][];
  faults: FormFaults | null;
  isRevoked: boolean;
  /** Whether the token of the wiki itself is kept here. */
  mayRenew: boolean;
}

/** The own tokens that reach a wiki, and for its owner that of the wiki itself. */
export function WikiTokensScreen(props: WikiTokensScreenProps) {
  const { own, tokens, typed, choices, faults, isRevoked, mayRenew, ...managed } = props;
  const { texts, ownFormToken: formToken } = managed;
  const said = texts.connect.tokens;
  return (
    <ManageFrame {...managed} part="tokens">
      {isRevoked && (
        <p class="site-notice site-done" role="status">
          {said.revoked}
        </p>
      )}
      <p>
        {said.intro} <a href="/account/tokens">{said.all}</a>
      </p>
      <TokenList {...{ texts, formToken, tokens, revoke: `${own}/revoke`, showsWikis: false }} />
      <section class="site-step" aria-labelledby="site-create">
        <h2 id="site-create">{said.create}</h2>
        <TokenFault {...{ texts, faults, next: own }} />
        <TokenForm {...{ texts, formToken, action: own, typed, choices, fields: faults?.fields ?? {} }} />
      </section>
      {mayRenew && (
        <section class="site-step" aria-labelledby="site-wiki-token">
          <h2 id="site-wiki-token">{said.wikiToken}</h2>
          <p>{said.wikiTokenText}</p>
          <details class="site-unfold">
            <summary>{said.renew}</summary>
            <p>{said.renewText}</p>
            <form method="post" action={`${own}/renew`}>
              <FormToken token={formToken} />
              <button class="site-button site-danger" type="submit">
                {said.renew}
              </button>
            </form>
          </details>
        </section>
      )}
    </ManageFrame>
  );
}
