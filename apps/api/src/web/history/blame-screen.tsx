import type { BlamedLine } from '@lib/wiki';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import { Crumbs } from '../reading/page-screen.js';
import { dayOf } from '../texts/texts.js';

interface BlameScreenProps extends Omit<Frame, 'title' | 'path'> {
  path: string;
  lines: readonly BlamedLine[];
}

/** The lines of a page, each with who wrote it; people and agents look different. */
export function BlameScreen({ path, lines, ...frame }: BlameScreenProps) {
  const { base, texts, wiki } = frame;
  return (
    <WikiFrame {...{ ...frame, path }} title={`${texts.blame}: ${path} · ${wiki.name}`} canonical={null}>
      <Crumbs path={`${path}/`} base={base} texts={texts} />
      <article class="site-page">
        <h1>
          {texts.blame}: {path}
        </h1>
        <div class="site-diff" tabindex={0} role="region" aria-label={texts.blame}>
          <table>
            <tbody>
              {lines.map((line, at) => {
                const isFirst = lines[at - 1]?.revision !== line.revision;
                return (
                  <tr>
                    <td class={line.agent === null ? 'site-who' : 'site-who site-agent'}>
                      {isFirst && (
                        <a href={`${base}/-/commit/${line.revision}`} title={dayOf(line.date, texts)}>
                          {line.agent === null ? line.author.name : `${line.author.name} (${line.agent})`}
                        </a>
                      )}
                    </td>
                    <td class="site-number">{line.line}</td>
                    <td>{line.text}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </article>
    </WikiFrame>
  );
}
