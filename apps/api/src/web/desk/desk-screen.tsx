import type { Actor, MyWiki } from '@lib/acl';
import { Document } from '../layout/document.js';
import { SignOut } from '../layout/sign-out.js';
import type { Texts } from '../texts/texts.js';
import type { WebAssets } from '../web-assets.js';

interface DeskScreenProps {
  texts: Texts;
  assets: WebAssets;
  actor: Actor;
  wikis: readonly { mine: MyWiki; address: string }[];
  ownFormToken: string | null;
  /** Whether anybody may make an account. */
  mayMake: boolean;
}

/** The wikis of whoever is signed in; for others, what this is and where to sign in. */
export function DeskScreen({ texts, assets, actor, wikis, ownFormToken, mayMake }: DeskScreenProps) {
  return (
    <Document {...{ texts, assets, title: 'wikibot' }} isPrivate>
      <main id="site-main" class="site-narrow" tabindex={-1}>
        <h1>wikibot</h1>
        {actor.username === null ? <Outside texts={texts} mayMake={mayMake} /> : <Wikis texts={texts} wikis={wikis} />}
        {ownFormToken !== null && (
          <p>
            <a href="/account">{texts.accounts.account}</a>
          </p>
        )}
        <SignOut formToken={ownFormToken} texts={texts} />
      </main>
    </Document>
  );
}

function Outside({ texts, mayMake }: { texts: Texts; mayMake: boolean }) {
  return (
    <>
      <p>{texts.desk.what}</p>
      <p>
        <a class="site-button site-primary" href="/auth/sign-in">
          {texts.signIn}
        </a>{' '}
        {mayMake && (
          <a class="site-button" href="/auth/sign-up">
            {texts.accounts.signUp}
          </a>
        )}
      </p>
    </>
  );
}

function Wikis({ texts, wikis }: Pick<DeskScreenProps, 'texts' | 'wikis'>) {
  if (wikis.length === 0) return <p>{texts.desk.none}</p>;
  return (
    <>
      <h2>{texts.desk.wikis}</h2>
      <ul class="site-list">
        {wikis.map(({ mine: { wiki, role }, address }) => (
          <li>
            <a href={address}>{wiki.name}</a> <span class="site-badge">{texts.desk.role(role)}</span>
            {wiki.purpose !== null && <p class="site-soft">{wiki.purpose}</p>}
          </li>
        ))}
      </ul>
    </>
  );
}
