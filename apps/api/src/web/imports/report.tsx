import type { ImportReport } from '@lib/wiki';
import type { ComponentChildren } from 'preact';
import type { Texts } from '../texts/texts.js';
import { bundleCommand } from './imports-screen.js';

interface ReportProps {
  report: ImportReport;
  /** Whether the wiki is there already. */
  isDone: boolean;
  /** The address of a page of the wiki, once it is there. */
  addressOf: ((page: string) => string) | null;
  texts: Texts;
}

/** What an import brings: how much, which links lead nowhere, and which names are unusual. */
export function Report({ report, isDone, addressOf, texts }: ReportProps) {
  const { report: said } = texts.imports;
  const { taken, detectedLinkOrder: order } = report;
  const hasHistory = taken === undefined || report.commits > 1;
  const isFine = report.broken === 0 && report.oddNames.length === 0;
  return (
    <section class="imports-report">
      <h2>{isDone ? said.came : said.would}</h2>
      <dl class="imports-figures">
        <Figure name={said.pages}>{report.pages}</Figure>
        <Figure name={said.files}>{report.attachments}</Figure>
        <Figure name={said.history}>{hasHistory ? said.commits(report.commits) : said.noHistory}</Figure>
        <Figure name={said.links}>{said.linksTold(report.links, report.broken, report.ambiguous)}</Figure>
        <Figure name={said.order}>{order === null ? said.noOrder : said.orders[order]}</Figure>
      </dl>
      {taken !== undefined && taken.folder !== null && <p>{said.folder(taken.folder)}</p>}
      {taken !== undefined && taken.leftOut > 0 && <p>{said.leftOut(taken.leftOut)}</p>}
      {taken?.hasHistory === true && !isDone && (
        <>
          <p>{said.hasHistory}</p>
          <pre class="imports-command">
            <code>{bundleCommand}</code>
          </pre>
        </>
      )}
      {isFine && <p>{said.fine}</p>}
      <Broken report={report} addressOf={addressOf} texts={texts} />
      <OddNames report={report} texts={texts} />
    </section>
  );
}

function Figure({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Broken({ report, addressOf, texts }: Pick<ReportProps, 'report' | 'addressOf' | 'texts'>) {
  const { report: said } = texts.imports;
  const { brokenLinks, broken } = report;
  if (brokenLinks.length === 0) return null;
  return (
    <>
      <h3>{said.broken}</h3>
      <p>{said.brokenText}</p>
      <div class="imports-table" tabindex={0} role="region" aria-label={said.broken}>
        <table>
          <thead>
            <tr>
              <th scope="col">{said.page}</th>
              <th scope="col">{said.line}</th>
              <th scope="col">{said.target}</th>
            </tr>
          </thead>
          <tbody>
            {brokenLinks.map(({ from, line, target, file }) => (
              <tr>
                <td>{addressOf === null ? from : <a href={addressOf(from)}>{from}</a>}</td>
                <td>{line}</td>
                <td>
                  {target}
                  {file !== undefined && <p class="site-hint">{said.elsewhere(file)}</p>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {broken > brokenLinks.length && <p>{said.more(broken - brokenLinks.length)}</p>}
    </>
  );
}

const mostNames = 200;

function OddNames({ report: { oddNames }, texts }: Pick<ReportProps, 'report' | 'texts'>) {
  const { report: said } = texts.imports;
  if (oddNames.length === 0) return null;
  return (
    <>
      <h3>{said.odd}</h3>
      <p>{said.oddText}</p>
      <ul class="imports-names">
        {oddNames.slice(0, mostNames).map(({ path, reason }) => (
          <li>
            <code>{path}</code> <span class="site-soft">{reason}</span>
          </li>
        ))}
      </ul>
      {oddNames.length > mostNames && <p>{said.more(oddNames.length - mostNames)}</p>}
    </>
  );
}
