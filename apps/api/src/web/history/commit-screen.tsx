import { pageAddress } from '@lib/markdown';
import type { ChangeInfo, FileChange } from '@lib/wiki';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import type { Texts } from '../texts/texts.js';
import { ChangedBy, subjectOf } from './change-line.js';
import { Difference } from './diff-screen.js';
import { FormToken } from '../layout/form-token.js';

interface CommitScreenProps extends Omit<Frame, 'title' | 'path'> {
  change: ChangeInfo;
  files: readonly FileChange[];
  isCut: boolean;
}

/** One commit: what was said of it, and what it did to each page. */
export function CommitScreen({ change, files, isCut, ...frame }: CommitScreenProps) {
  const { base, texts, wiki } = frame;
  const subject = subjectOf(change);
  const rest = change.message.slice(subject.length).trim();
  return (
    <WikiFrame {...frame} title={`${subject} · ${wiki.name}`} canonical={null}>
      <article class="site-page">
        <h1>{subject}</h1>
        {rest !== '' && <pre class="site-plain">{rest}</pre>}
        <p>
          <ChangedBy change={change} base={base} texts={texts} /> <code>{change.revision}</code>
        </p>
        <Revert revision={change.revision} frame={frame} />
        {files.map((file) => (
          <File file={file} base={base} texts={texts} />
        ))}
        {isCut && <p class="site-notice">{texts.moreFiles}</p>}
      </article>
    </WikiFrame>
  );
}

/** Takes the commit back; for whoever may write. */
function Revert({ revision, frame }: { revision: string; frame: Omit<Frame, 'title' | 'path'> }) {
  const { base, texts, mayWrite, ownFormToken } = frame;
  if (!mayWrite || ownFormToken === null) return null;
  return (
    <form method="post" action={`${base}/-/revert/${revision}`} class="site-undo">
      <FormToken token={ownFormToken} />
      <button class="site-button" type="submit" aria-describedby="site-undo">
        {texts.undoing.revert}
      </button>
      <p id="site-undo" class="site-hint">
        {texts.undoing.revertHint}
      </p>
    </form>
  );
}

function File({ file, base, texts }: { file: FileChange; base: string; texts: Texts }) {
  const { path, from, kind, isPage, difference } = file;
  return (
    <section class="site-group">
      <h2>
        {isPage ? <a href={pageAddress(base, path)}>{path}</a> : path}{' '}
        <span class="site-badge">{texts.kinds[kind]}</span>
        {from !== null && <span class="site-soft"> {texts.thenCalled(from)}</span>}
      </h2>
      {difference !== null && <Difference difference={difference} texts={texts} />}
    </section>
  );
}
