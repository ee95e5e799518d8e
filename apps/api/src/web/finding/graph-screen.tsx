import { pageAddress } from '@lib/markdown';
import type { MappedPage } from '@lib/wiki';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import type { Texts } from '../texts/texts.js';
import type { GraphQuery } from './finding.schema.js';
import { graphAddress } from './graph-address.js';
import { GraphFields } from './graph-fields.js';

interface GraphScreenProps extends Omit<Frame, 'title' | 'path'> {
  form: GraphQuery;
  /** The most linked of the pages of the picture, and how many there are altogether. */
  pages: readonly MappedPage[];
  total: number;
  /** The links of the page in the middle; null when there is none. */
  links: { linksTo: readonly string[]; linkedFrom: readonly string[] } | null;
  folders: readonly { name: string }[];
  tags: readonly { name: string }[];
}

/** The pages and the links between them; the script makes a picture, and what it shows stands below as well. */
export function GraphScreen({ form, pages, total, links, folders, tags, ...frame }: GraphScreenProps) {
  const { base, texts, wiki, assets } = frame;
  const { finding } = texts;
  const { around } = form;
  const heading = around === undefined ? finding.graph : finding.graphOf(around);
  return (
    <WikiFrame {...frame} title={`${heading} · ${wiki.name}`} canonical={null} scripts={['graph.js']}>
      <article class="site-page site-graph-page">
        <h1 dir="auto">{heading}</h1>
        <GraphFields {...{ form, folders, tags, base, texts }} />
        <p class="site-soft" data-graph-note aria-live="polite">
          {finding.graphWhat(total)}
        </p>
        <noscript>
          <p class="site-notice">{finding.noScript}</p>
        </noscript>
        <div
          class="site-graph"
          hidden
          data-graph={graphAddress(base, form, '/data')}
          data-base={base}
          data-layout={assets.address('graph-layout.js')}
          data-around={around}
          data-texts={JSON.stringify(finding.picture)}
        />
        {around !== undefined && links !== null && <Neighbours {...{ around, links, form, base, texts }} />}
        <MostLinked {...{ pages, form, base, texts }} />
      </article>
    </WikiFrame>
  );
}

interface NeighboursProps extends Pick<GraphScreenProps, 'form'> {
  around: string;
  links: NonNullable<GraphScreenProps['links']>;
  base: string;
  texts: Texts;
}

function Neighbours({ around, links, form, base, texts }: NeighboursProps) {
  const lists = [
    [texts.finding.linksTo, links.linksTo],
    [texts.finding.linkedFrom, links.linkedFrom],
  ] as const;
  return (
    <section class="site-neighbours">
      <h2>
        <a href={pageAddress(base, around)}>{around}</a>
      </h2>
      {lists.map(([heading, paths]) => (
        <div>
          <h3>
            {heading} <span class="site-badge">{paths.length}</span>
          </h3>
          {paths.length === 0 ? (
            <p class="site-soft">{texts.noneOfThem}</p>
          ) : (
            <ul>
              {paths.map((path) => (
                <li>
                  <a href={graphAddress(base, { ...form, around: path })}>{path}</a>
                </li>
              ))}
            </ul>
          )}
        </div>
      ))}
    </section>
  );
}

function MostLinked({
  pages,
  form,
  base,
  texts,
}: Pick<GraphScreenProps, 'pages' | 'form'> & { base: string; texts: Texts }) {
  const { finding } = texts;
  return (
    <section>
      <h2 class="site-table-heading" id="site-most-linked">
        {finding.mostLinked}
      </h2>
      {pages.length === 0 ? (
        <p>{texts.emptyFolder}</p>
      ) : (
        <table class="site-table" aria-labelledby="site-most-linked">
          <thead>
            <tr>
              <th scope="col">{finding.page}</th>
              <th scope="col">{texts.category}</th>
              <th scope="col">{finding.linkedFrom}</th>
              <th scope="col">{finding.graph}</th>
            </tr>
          </thead>
          <tbody>
            {pages.map(({ path, name, category, linkedFrom }) => (
              <tr>
                <td>
                  <a href={pageAddress(base, path)}>{name}</a>{' '}
                  {!path.endsWith(name) && <span class="site-soft">{path}</span>}
                </td>
                <td>{category}</td>
                <td>{linkedFrom}</td>
                <td>
                  <a
                    href={graphAddress(base, { ...form, around: path })}
                    aria-label={`${finding.show}: ${finding.graphOf(name)}`}
                  >
                    {finding.show}
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
