import { encodedPath } from '@lib/markdown';
import type { AuthorNews } from '@lib/wiki';
import { dayOf, timeOf, type Texts } from '../texts/texts.js';
import type { Desk, NewsOfWiki } from './desk.js';

const most = { pages: 4, authors: 5 };

/** What changed in one's wikis, people and agents apart, with the way to each difference. */
export function DeskNews({ since, isNew, news, others, texts, actor }: Desk) {
  const { desk } = texts.front;
  return (
    <section aria-labelledby="desk-news">
      <h2 id="desk-news">{isNew && since !== null ? desk.since(timeOf(since, texts)) : desk.newest}</h2>
      {!isNew && since !== null && <p class="site-soft">{desk.nothingSince(timeOf(since, texts))}</p>}
      {news.map((one) => (
        <OfWiki news={one} texts={texts} username={actor.username} />
      ))}
      {others > 0 && <p class="site-soft">{desk.otherWikis(others)}</p>}
    </section>
  );
}

function OfWiki({ news, texts, username }: Around) {
  const { desk } = texts.front;
  const { of, by, isCut } = news;
  const people = by.filter(({ agent }) => agent === null);
  const agents = by.filter(({ agent }) => agent !== null);
  return (
    <article class="front-news">
      <h3>
        <a href={of.address}>{of.wiki.name}</a>
      </h3>
      <Authors title={desk.people} authors={people} {...{ news, texts, username }} />
      <Authors title={desk.agents} authors={agents} {...{ news, texts, username }} />
      <p class="site-soft">
        <a href={`${of.address}/-/changes`}>{desk.all}</a> {isCut && desk.atLeast}
      </p>
    </article>
  );
}

interface Around {
  news: NewsOfWiki;
  texts: Texts;
  username: string | null;
}

function Authors({ title, authors, ...around }: Around & { title: string; authors: readonly AuthorNews[] }) {
  if (authors.length === 0) return null;
  const left = authors.length - most.authors;
  return (
    <>
      <h4>{title}</h4>
      <ul>
        {authors.slice(0, most.authors).map((author) => (
          <li>
            <OfAuthor author={author} {...around} />
          </li>
        ))}
      </ul>
      {left > 0 && <p class="site-soft">{around.texts.front.desk.others(left)}</p>}
    </>
  );
}

function OfAuthor({ author, news, texts, username }: Around & { author: AuthorNews }) {
  const { desk } = texts.front;
  const { agent, pages, files, changes, newest } = author;
  const who = author.author.username !== null && author.author.username === username ? desk.you : author.author.name;
  const left = pages.length - most.pages;
  return (
    <>
      <p>
        <span class={agent === null ? 'site-who' : 'site-who site-agent'}>{agent ?? who}</span>{' '}
        {agent !== null && <span class="site-soft">{desk.agentOf(who)} · </span>}
        <span class="site-soft">
          {desk.changes(changes)}, <time datetime={newest.toISOString()}>{dayOf(newest, texts)}</time>
        </span>
      </p>
      <p class="front-pages">
        {pages.slice(0, most.pages).map((page) => (
          <>
            <a href={differenceOf(page, news)}>{page.path}</a>{' '}
            {page.kind !== 'change' && <span class="site-soft">{texts.kinds[page.kind]} </span>}
          </>
        ))}
        {left > 0 && <span class="site-soft">{desk.more(left)} </span>}
        {files > 0 && <span class="site-soft">{desk.files(files)}</span>}
      </p>
    </>
  );
}

/** Where one sees what was done to a page: its one change, or what all of them come to. */
function differenceOf({ path, revision, kind, times }: AuthorNews['pages'][number], { of, since }: NewsOfWiki): string {
  if (times === 1 || since === null || kind === 'remove') return `${of.address}/-/commit/${revision}`;
  return `${of.address}/-/diff/${encodedPath(path)}?from=${since}`;
}
