import { Document } from '../layout/document.js';
import { SignOut } from '../layout/sign-out.js';
import type { Texts } from '../texts/texts.js';
import type { WebAssets } from '../web-assets.js';

interface Shown {
  texts: Texts;
  assets: WebAssets;
  host: string;
}

/** That a code let nobody in, and the way to another one. */
export function NoArrivalScreen({ texts, assets, host }: Shown) {
  const { security } = texts;
  return (
    <Document {...{ texts, assets, title: security.notArrived }} isPrivate>
      <main id="site-main" class="site-narrow" tabindex={-1}>
        <h1>{security.notArrived}</h1>
        <p>{security.notArrivedHint(host)}</p>
        <p>
          <a class="site-button site-primary" href="/-/auth/sign-in">
            {texts.signIn}
          </a>
        </p>
      </main>
    </Document>
  );
}

/** That one is signed out on the host of a wiki, and where to sign out of the rest. */
export function SignedOutScreen({
  texts,
  assets,
  host,
  everywhere,
}: Shown & { everywhere: { host: string; address: string } }) {
  const { security } = texts;
  return (
    <Document {...{ texts, assets, title: security.signedOut(host) }} isPrivate>
      <main id="site-main" class="site-narrow" tabindex={-1}>
        <h1>{security.signedOut(host)}</h1>
        <p>{security.stillSignedIn(everywhere.host)}</p>
        <p>
          <a class="site-button" href={everywhere.address}>
            {security.signOutThere}
          </a>
        </p>
      </main>
    </Document>
  );
}

/** Where one signs out of the platform, and with that of the hosts of wikis. */
export function SignOutScreen({ texts, assets, host, formToken }: Shown & { formToken: string }) {
  return (
    <Document {...{ texts, assets, title: `${texts.signOut} · wikibot` }} isPrivate>
      <main id="site-main" class="site-narrow" tabindex={-1}>
        <h1>{texts.signOut}</h1>
        <p>{texts.security.signOutHint(host)}</p>
        <SignOut formToken={formToken} texts={texts} />
      </main>
    </Document>
  );
}
