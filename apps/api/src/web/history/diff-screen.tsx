import type { DiffHunk, DiffLine, FileDiff } from '@lib/git';
import { pageAddress } from '@lib/markdown';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import { Crumbs } from '../reading/page-screen.js';
import type { Texts } from '../texts/texts.js';

interface DiffScreenProps extends Omit<Frame, 'title' | 'path'> {
  path: string;
  /** Null is before the page was there. */
  from: string | null;
  to: string;
  difference: FileDiff;
}

/** What differs between two revisions of a page, word by word. */
export function DiffScreen({ path, from, to, difference, ...frame }: DiffScreenProps) {
  const { base, texts, wiki } = frame;
  const title = texts.differenceOf(path);
  const at = (revision: string) => `${pageAddress(base, path)}?revision=${revision}`;
  return (
    <WikiFrame {...{ ...frame, path }} title={`${title} · ${wiki.name}`} canonical={null}>
      <Crumbs path={`${path}/`} base={base} texts={texts} />
      <article class="site-page">
        <h1>{title}</h1>
        <p class="site-soft">
          {from === null ? '∅' : <a href={at(from)}>{from.slice(0, 8)}</a>} → <a href={at(to)}>{to.slice(0, 8)}</a>{' '}
          {texts.lines(difference.added, difference.removed)}
        </p>
        <Difference difference={difference} texts={texts} />
      </article>
    </WikiFrame>
  );
}

/** The changed lines of a file with some around them. */
export function Difference({ difference, texts, name }: { difference: FileDiff; texts: Texts; name?: string }) {
  if (difference.tooDifferent) return <p class="site-notice">{texts.tooDifferent}</p>;
  if (difference.hunks.length === 0) return <p>{texts.same}</p>;
  return (
    <div class="site-diff" tabindex={0} role="region" aria-label={name ?? texts.change}>
      <table>
        {difference.hunks.map((hunk) => (
          <Hunk hunk={hunk} />
        ))}
      </table>
    </div>
  );
}

function Hunk({ hunk }: { hunk: DiffHunk }) {
  return (
    <tbody>
      {hunk.lines.map((line) => (
        <tr class={`site-${line.kind}`}>
          <td class="site-number">{line.before}</td>
          <td class="site-number">{line.after}</td>
          <td class="site-sign">{signs[line.kind]}</td>
          <td>
            <Line line={line} />
          </td>
        </tr>
      ))}
    </tbody>
  );
}

const signs = { same: ' ', added: '+', removed: '−' } as const;

function Line({ line }: { line: DiffLine }) {
  if (line.words === undefined) return <>{line.text}</>;
  return (
    <>
      {line.words.map(({ kind, text }) => {
        if (kind === 'added') return <ins>{text}</ins>;
        return kind === 'removed' ? <del>{text}</del> : <>{text}</>;
      })}
    </>
  );
}
