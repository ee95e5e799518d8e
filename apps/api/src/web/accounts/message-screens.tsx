import type { ComponentChildren } from 'preact';
import { type Site, SiteFrame } from '../layout/site-frame.js';
import type { PageBase } from './account-pages.js';

/** A narrow page with a heading. */
export function Narrow({ title, children, ...site }: Site & { title: string; children: ComponentChildren }) {
  return (
    <SiteFrame {...site} title={`${title} · wikibot`} width="narrow" isPrivate>
      <h1>{title}</h1>
      {children}
    </SiteFrame>
  );
}

/** That a link is on its way: the same for whoever has an account and whoever has none. */
export function SentScreen({ purpose, ...base }: PageBase & { purpose: 'sign-up' | 'password' }) {
  const { sent } = base.texts.accounts;
  if (!base.hasMail) {
    return (
      <Narrow {...base} title={base.texts.accounts[purpose === 'password' ? 'newPassword' : 'signUp']}>
        <p>{sent.operator}</p>
      </Narrow>
    );
  }
  return (
    <Narrow {...base} title={sent.title}>
      <p>{purpose === 'password' ? sent.password : sent.signUp}</p>
      <p class="site-hint">{sent.hint}</p>
    </Narrow>
  );
}

/** That a link is not valid, whatever the reason is; `again` is where another one is asked for. */
export function BadLinkScreen({ again, ...base }: PageBase & { again: string | null }) {
  const { badLink } = base.texts.accounts;
  return (
    <Narrow {...base} title={badLink.title}>
      <p>{badLink.text}</p>
      {again !== null && (
        <p>
          <a class="site-button site-primary" href={again}>
            {badLink.again}
          </a>
        </p>
      )}
    </Narrow>
  );
}

/** Why nobody signs up here. */
export function ClosedScreen({
  byInvitation,
  next,
  ...base
}: PageBase & { byInvitation: boolean; next: string | null }) {
  const { closed } = base.texts.accounts;
  return (
    <Narrow {...base} next={null} title={closed.title}>
      <p>{byInvitation ? closed.invited : closed.text}</p>
      <p>
        <a
          class="site-button"
          href={next === null ? '/auth/sign-in' : `/auth/sign-in?next=${encodeURIComponent(next)}`}
        >
          {base.texts.signIn}
        </a>
      </p>
    </Narrow>
  );
}
