import { pageAddress } from '@lib/markdown';
import type { ImportRecord } from '@lib/wiki';
import { managePath } from '../layout/manage-frame.js';
import { SiteFrame } from '../layout/site-frame.js';
import type { Texts } from '../texts/texts.js';
import type { ImportShown } from './import-shown.js';
import { sourceOf } from './imports-screen.js';
import { Report } from './report.js';
import { StartForm } from './start-form.js';
import { FormToken } from '../layout/form-token.js';

/** One import: how far it is, what would come of it, and what came. */
export function ImportScreen(shown: ImportShown) {
  const { record, texts } = shown;
  const title = texts.imports.one(sourceOf(record, texts));
  const isBusy = record.state === 'fetching' || record.state === 'looking' || record.state === 'running';
  return (
    <SiteFrame {...shown} title={title} isPrivate scripts={isBusy ? ['imports.js'] : []}>
      <h1>{title}</h1>
      {isBusy ? <Busy {...shown} /> : <Settled {...shown} />}
      <p>
        <a href="/import">{texts.imports.another}</a>
      </p>
    </SiteFrame>
  );
}

function Busy({ record, texts }: ImportShown) {
  const { busy } = texts.imports;
  return (
    <div class="imports-busy" data-watch={`/import/${record.id}/progress`} data-state={record.state}>
      <p role="status">{busy[record.state as 'fetching' | 'looking' | 'running']}</p>
      <progress aria-label={texts.imports.states[record.state]} />
      <p class="site-soft" data-step>
        {stepText(record, texts)}
      </p>
      <p>{busy.text}</p>
      <p data-reload>
        <a class="site-button" href={`/import/${record.id}`}>
          {busy.reload}
        </a>
      </p>
    </div>
  );
}

/** What it is at, in words. */
export function stepText({ progress }: Pick<ImportRecord, 'progress'>, { imports: { busy } }: Texts): string {
  if (progress === null) return '…';
  const { step, done, total } = progress;
  return done === undefined || total === undefined ? busy.steps[step] : busy.of(busy.steps[step], done, total);
}

function Settled(shown: ImportShown) {
  const { record, texts, made } = shown;
  const isDone = record.state === 'done';
  const base = made?.address ?? null;
  return (
    <>
      {isDone && <Done {...shown} />}
      {record.state === 'failed' && <Refused {...shown} />}
      {record.report !== null && (
        <>
          <Report
            {...{ report: record.report, isDone, texts }}
            addressOf={base === null ? null : (page) => pageAddress(base, page)}
          />
          {!isDone && record.kind !== 'demo' && <StartForm {...shown} />}
        </>
      )}
      <Discard {...shown} />
    </>
  );
}

function Done({ made, texts }: ImportShown) {
  const { done } = texts.imports;
  if (made === null) return <p>{done.gone}</p>;
  const { wiki, address, hasHome } = made;
  return (
    <section class="imports-done">
      <h2>{done.title}</h2>
      <p>
        <a class="site-button site-primary" href={hasHome ? address || '/' : `${address}/-/index`}>
          {done.open}
        </a>
      </p>
      {!hasHome && (
        <p>
          {done.noHome} <a href={`${address}/-/edit/Home`}>{done.makeHome}</a>
        </p>
      )}
      <ul class="imports-ways">
        <li>
          <a href={`${address}/-/changes`}>{done.changes}</a>
        </li>
        <li>
          <a href={managePath(wiki, 'connect')}>{done.connect}</a>
        </li>
        <li>
          <a href={managePath(wiki, 'members')}>{done.members}</a>
        </li>
      </ul>
    </section>
  );
}

function Refused({ record, texts, formToken, hasUpload }: ImportShown) {
  const { refused } = texts.imports;
  const isTold = record.report !== null || record.kind === 'demo';
  // What was refused for what it is would be refused again.
  const isTrouble = record.fault?.code !== 'import-refused';
  const mayAgain = isTrouble && record.report === null && (hasUpload || record.kind === 'demo');
  return (
    <section class="imports-refused" role="alert">
      <h2>{refused.title}</h2>
      <p>{isTold ? refused.later : refused.text}</p>
      <ul>
        {(record.fault?.detail ?? '').split('\n').map((reason) => (
          <li>{reason}</li>
        ))}
      </ul>
      {mayAgain && (
        <form method="post" action={`/import/${record.id}/again`}>
          <FormToken token={formToken} />
          <button class="site-button" type="submit">
            {refused.again}
          </button>
        </form>
      )}
    </section>
  );
}

function Discard({ record, texts, formToken }: ImportShown) {
  const isDone = record.state === 'done';
  const { discard, discardHint, forget } = texts.imports;
  return (
    <form class="imports-discard" method="post" action={`/import/${record.id}/discard`}>
      <FormToken token={formToken} />
      <button class="site-button" type="submit">
        {isDone ? forget : discard}
      </button>
      {!isDone && <span class="site-hint">{discardHint}</span>}
    </form>
  );
}
