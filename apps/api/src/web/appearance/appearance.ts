import type { FastifyRequest } from 'fastify';

/** How somebody wants pages to look; `auto` is as the browser has it. */
export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** The cookies that keep it. Scripts write them too, so that a change is seen at once. */
export const appearanceCookies = { theme: 'wikibot-theme', hidden: 'wikibot-hidden' } as const;

const hideable = /^(?:side|aside|side\.aside)$/;

type Asking = { cookies?: FastifyRequest['cookies'] | null };

/** The theme that a browser asks for by its cookie. */
export function themeOf(request: Asking): Theme {
  const chosen = cookieOf(request, 'theme');
  return themes.find((theme) => theme === chosen) ?? 'auto';
}

/**
 * What the root of a page is marked with for somebody. It is put in where pages leave, so that no page can forget it, and
 * by the server, so that nobody sees a flash of the other theme.
 */
export function marksOf(request: Asking): string {
  const theme = themeOf(request);
  const hidden = cookieOf(request, 'hidden') ?? '';
  const said = [
    ...(theme === 'auto' ? [] : [`data-theme="${theme}"`]),
    ...(hideable.test(hidden) ? [`data-hidden="${hidden.replace('.', ' ')}"`] : []),
  ];
  return said.join(' ');
}

/** A request that is refused at once has no cookies yet. */
const cookieOf = ({ cookies }: Asking, name: keyof typeof appearanceCookies) => cookies?.[appearanceCookies[name]];
