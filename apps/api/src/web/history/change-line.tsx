import type { ChangeInfo } from '@lib/wiki';
import { dayOf, type Texts } from '../texts/texts.js';

/** Who changed something, as what, and when. */
export function ChangedBy({
  change,
  base,
  texts,
}: {
  change: Omit<ChangeInfo, 'message'>;
  base: string;
  texts: Texts;
}) {
  const { author, agent, door, date, revision, pushedBy } = change;
  return (
    <span class="site-change">
      <span class={agent === null ? 'site-who' : 'site-who site-agent'}>
        {author.name}
        {agent !== null && <> ({agent})</>}
      </span>{' '}
      {pushedBy !== null && pushedBy !== author.username && <span class="site-soft">{texts.pushedBy(pushedBy)} </span>}
      {door !== null && <span class="site-soft">{texts.by(door)} </span>}
      <a class="site-soft" href={`${base}/-/commit/${revision}`}>
        <time datetime={date.toISOString()}>{dayOf(date, texts)}</time>
      </a>
    </span>
  );
}

/** The first line of what was said of a change. */
export const subjectOf = ({ message }: Pick<ChangeInfo, 'message'>): string => message.split('\n', 1)[0] ?? '';
