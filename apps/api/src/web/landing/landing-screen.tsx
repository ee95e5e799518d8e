import { type Site, SiteFrame } from '../layout/site-frame.js';
import { Example } from './example.js';
import { Pricing, type Prices } from './pricing.js';
import type { RecordedSession } from './recorded-session.js';

/** What leads on from the landing page, and how the doors of a wiki are used here. */
export interface LandingProps extends Site {
  /** The address of this server. */
  canonical: string;
  signUp: 'open' | 'invitation' | 'closed';
  sourceUrl: string | null;
  /** How many tools agents have. */
  tools: number;
  /** The addresses of some wiki by each door. */
  sample: { web: string; mcp: string; rest: string; git: string };
  prices: Prices;
  session: RecordedSession;
  /** Whether somebody has an account here. */
  hasPeople: boolean;
}

/** What this is, for whoever is not signed in. */
export function LandingScreen({ prices, session, ...landing }: LandingProps) {
  const { texts, canonical } = landing;
  const { front } = texts;
  return (
    <SiteFrame {...landing} {...{ canonical, title: front.title, description: front.description, width: 'wide' }}>
      <div class="front-landing">
        <section class="front-lead">
          <h1>{front.heading}</h1>
          <p>{front.lead}</p>
          <Beginnings {...landing} />
        </section>
        <Example {...{ session, texts }} />
        <Doors {...landing} />
        <section class="front-section" aria-labelledby="front-differs">
          <h2 id="front-differs">{front.differs.title}</h2>
          <div class="front-points">
            {front.differs.points.map(([title, text]) => (
              <div>
                <h3>{title}</h3>
                <p>{text}</p>
              </div>
            ))}
          </div>
        </section>
        <Pricing {...{ prices, texts }} />
        <section class="front-section front-end">
          <Beginnings {...landing} />
        </section>
      </div>
    </SiteFrame>
  );
}

function Beginnings({ texts, signUp, sourceUrl, hasPeople }: Omit<LandingProps, 'prices' | 'session'>) {
  const { front, accounts } = texts;
  return (
    <>
      <p class="front-ways">
        {signUp === 'open' && (
          <a class="site-button site-primary" href="/auth/sign-up">
            {accounts.signUp}
          </a>
        )}
        <a class={signUp === 'open' ? 'site-button' : 'site-button site-primary'} href="/auth/sign-in">
          {texts.signIn}
        </a>
        <a href="/docs/getting-started">{front.start}</a>
        <a href="/docs">{texts.site.docs}</a>
        {sourceUrl !== null && <a href={sourceUrl}>{front.source}</a>}
      </p>
      {!hasPeople && signUp !== 'open' && <p class="site-notice">{front.noAccounts}</p>}
      {hasPeople && signUp === 'invitation' && <p class="site-hint">{front.byInvitation}</p>}
    </>
  );
}

function Doors({ texts, tools, sample }: Pick<LandingProps, 'texts' | 'tools' | 'sample'>) {
  const { doors } = texts.front;
  const token = '--header "Authorization: Bearer wbt_…"';
  const shown = [
    [doors.web.title, doors.web.text, sample.web],
    [doors.mcp.title, doors.mcp.text(tools), `claude mcp add --transport http notes ${sample.mcp} ${token}`],
    [doors.rest.title, doors.rest.text, `curl ${sample.rest}/search?q=tides`],
    [doors.git.title, doors.git.text, `git clone ${sample.git}`],
  ] as const;
  return (
    <section class="front-section" aria-labelledby="front-doors">
      <h2 id="front-doors">{doors.title}</h2>
      <div class="front-doors">
        {shown.map(([title, text, line]) => (
          <div>
            <h3>{title}</h3>
            <p>{text}</p>
            <code>{line}</code>
          </div>
        ))}
      </div>
    </section>
  );
}
