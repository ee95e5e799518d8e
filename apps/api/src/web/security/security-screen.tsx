import type { PasskeyRow, SessionRow } from '@lib/acl';
import { Document } from '../layout/document.js';
import { Fault } from '../layout/fault.js';
import type { Texts } from '../texts/texts.js';
import type { WebAssets } from '../web-assets.js';
import { PasskeyList } from './passkey-list.js';
import { SessionList } from './session-list.js';

interface SecurityScreenProps {
  texts: Texts;
  assets: WebAssets;
  formToken: string;
  sessions: readonly SessionRow[];
  own: string;
  passkeys: readonly PasskeyRow[];
  isProved: boolean;
  origin: string;
  suggestion: string;
  fault: string | null;
}

/** With what somebody signs in besides a password, and where they are signed in. */
export function SecurityScreen({ fault, ...props }: SecurityScreenProps) {
  const { texts, assets } = props;
  return (
    <Document {...{ texts, assets, title: `${texts.security.title} · wikibot` }} scripts={['passkeys.js']} isPrivate>
      <main id="site-main" class="site-narrow" tabindex={-1}>
        <p>
          <a href="/">wikibot</a>
        </p>
        <h1>{texts.security.title}</h1>
        <Fault text={fault} />
        <PasskeyList {...props} />
        <SessionList {...props} />
        <p>
          <a href="/account/tokens">{texts.connect.tokens.all}</a>
        </p>
      </main>
    </Document>
  );
}
