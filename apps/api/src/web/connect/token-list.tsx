import type { NamedToken } from '../../tokens/token-answers.js';
import { Moment } from '../security/session-list.js';
import type { Texts } from '../texts/texts.js';
import { FormToken } from '../layout/form-token.js';

interface TokenListProps {
  texts: Texts;
  formToken: string | null;
  tokens: readonly NamedToken[];
  /** Where the form goes that ends one. */
  revoke: string;
  /** Whether it is said which wikis they reach; not where they are listed for one. */
  showsWikis: boolean;
}

/** The own tokens, with what each may and what ends it. */
export function TokenList({ tokens, ...props }: TokenListProps) {
  if (tokens.length === 0) return <p>{props.texts.connect.tokens.none}</p>;
  return (
    <ul class="site-entries">
      {tokens.map((token) => (
        <Token {...props} token={token} />
      ))}
    </ul>
  );
}

type TokenProps = Omit<TokenListProps, 'tokens'> & { token: NamedToken };

function Token({ texts, formToken, token, revoke, showsWikis }: TokenProps) {
  const said = texts.connect.tokens;
  return (
    <li>
      <strong>{token.label}</strong> {token.kind === 'wiki' && <span class="site-badge">{said.wikiKind}</span>}
      <p class="site-hint">{limitsOf(token, texts, showsWikis).join(' · ')}</p>
      <p class="site-hint">
        <Moments {...{ token, texts }} />
      </p>
      <details class="site-unfold">
        <summary aria-label={`${said.revoke}: ${token.label}`}>{said.revoke}</summary>
        <p>{said.revokeText(token.label)}</p>
        <form method="post" action={revoke}>
          <FormToken token={formToken} />
          <input type="hidden" name="id" value={token.id} />
          <button class="site-button site-danger" type="submit" aria-label={`${said.revoke}: ${token.label}`}>
            {said.revoke}
          </button>
        </form>
      </details>
    </li>
  );
}

function limitsOf({ verbs, wikis, paths, prefix }: NamedToken, { connect }: Texts, showsWikis: boolean): string[] {
  const said = connect.tokens;
  const reach = wikis === null ? said.everywhere : wikis.length === 0 ? said.nowhere : said.in(wikis);
  return [
    said.may(verbs),
    ...(showsWikis || wikis === null ? [reach] : []),
    ...(paths === null ? [] : [said.within(paths)]),
    said.begins(prefix),
  ];
}

function Moments({ token: { createdAt, expiresAt, lastUsedAt }, texts }: Pick<TokenProps, 'token' | 'texts'>) {
  const said = texts.connect.tokens;
  const isOver = expiresAt !== null && expiresAt.getTime() <= Date.now();
  return (
    <>
      {said.made} <Moment at={createdAt} texts={texts} />
      {expiresAt !== null && (
        <>
          {' '}
          · {isOver ? said.ended : said.until} <Moment at={expiresAt} texts={texts} />
        </>
      )}{' '}
      ·{' '}
      {lastUsedAt === null ? (
        said.unused
      ) : (
        <>
          {said.used} <Moment at={lastUsedAt} texts={texts} />
        </>
      )}
    </>
  );
}
