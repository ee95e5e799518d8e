import { Fault } from '../layout/fault.js';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';

/** Where a new page gets its name. */
export function NewScreen({
  path,
  fault,
  ...frame
}: Omit<Frame, 'title' | 'path'> & { path: string; fault: string | null }) {
  const { base, texts, wiki } = frame;
  return (
    <WikiFrame {...frame} title={`${texts.newPage} · ${wiki.name}`} canonical={null}>
      <article class="site-page">
        <h1>{texts.newPage}</h1>
        <Fault text={fault} />
        <form action={`${base}/-/new`}>
          <div class="site-field">
            <label for="site-path">{texts.newPath}</label>
            <input id="site-path" name="path" value={path} required autocomplete="off" autofocus />
            <p class="site-hint">{texts.newPathHint}</p>
          </div>
          <button class="site-button site-primary" type="submit">
            {texts.next}
          </button>
        </form>
      </article>
    </WikiFrame>
  );
}
