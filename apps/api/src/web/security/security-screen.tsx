import type { PasskeyRow, SessionRow } from '@lib/acl';
import { Fault } from '../layout/fault.js';
import { type Site, SiteFrame } from '../layout/site-frame.js';
import { PasskeyList } from './passkey-list.js';
import { SessionList } from './session-list.js';

interface SecurityScreenProps {
  site: Site;
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
export function SecurityScreen({ fault, site, ...rest }: SecurityScreenProps) {
  const { texts } = site;
  const props = { ...rest, texts };
  return (
    <SiteFrame
      {...site}
      {...{ title: `${texts.security.title} · wikibot`, width: 'narrow', scripts: ['passkeys.js'] }}
      isPrivate
    >
      <h1>{texts.security.title}</h1>
      <Fault text={fault} />
      <PasskeyList {...props} />
      <SessionList {...props} />
      <p>
        <a href="/account/tokens">{texts.connect.tokens.all}</a>
      </p>
    </SiteFrame>
  );
}
