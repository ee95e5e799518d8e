import { fileAddress } from '@lib/markdown';
import type { FileRevision } from '@lib/wiki';
import { ChangedBy } from '../history/change-line.js';
import { Next } from '../history/history-screen.js';
import { Fault } from '../layout/fault.js';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import { PageLinks } from '../reading/page-screen.js';
import { aboutFile, revisionAddress } from './file-addresses.js';
import { FileCrumbs, sizeOf, Thumbnail, typeOf } from './file-parts.js';
import { FormToken } from '../layout/form-token.js';

export interface FileScreenProps extends Omit<Frame, 'title' | 'path'> {
  path: string;
  /** Null when it was deleted. */
  now: { blob: string; size: number; mime: string } | null;
  usedBy: readonly string[];
  revisions: readonly FileRevision[];
  next: string | null;
  fault: string | null;
  /** Null for whoever may not change it. */
  formToken: string | null;
}

/** A file: what it is, who uses it, what it was, and what can be done to it. */
export function FileScreen(props: FileScreenProps) {
  const { path, now, usedBy, revisions, next, fault, formToken, ...frame } = props;
  const { base, texts, wiki } = frame;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    <WikiFrame {...frame} title={`${name} · ${wiki.name}`} canonical={null}>
      <FileCrumbs path={path} base={base} texts={texts} />
      <article class="site-page">
        {now !== null && <Actions {...props} />}
        <h1 dir="auto">{name}</h1>
        <Fault text={fault} />
        {now === null ? (
          <p class="site-notice">{texts.attachments.isDeleted}</p>
        ) : (
          <>
            <Preview file={{ path, ...now }} base={base} name={name} />
            <p class="site-soft">
              {typeOf({ path, ...now })} · {sizeOf(now.size, texts)}
            </p>
          </>
        )}
        <PageLinks title={texts.attachments.users} paths={usedBy} base={base} />
        {now !== null && formToken !== null && <Replace {...{ path, seen: now.blob, formToken, base, texts }} />}
        <h2>{texts.history}</h2>
        <ol class="files-revisions">
          {revisions.map((revision) => (
            <Revision {...{ revision, now, path, formToken, base, texts }} />
          ))}
        </ol>
        <Next address={aboutFile(base, 'attachment', path)} cursor={next} label={texts.older} />
      </article>
    </WikiFrame>
  );
}

function Actions({ path, formToken, base, texts }: FileScreenProps) {
  return (
    <nav class="site-actions" aria-label={texts.more}>
      <a class="site-button" href={fileAddress(base, path)}>
        {texts.attachments.open}
      </a>
      {formToken !== null && (
        <>
          <a class="site-button" href={aboutFile(base, 'rename-file', path)}>
            {texts.rename}
          </a>
          <a class="site-button" href={aboutFile(base, 'delete-file', path)}>
            {texts.remove}
          </a>
        </>
      )}
    </nav>
  );
}

interface PreviewProps {
  file: { path: string; blob: string; size: number; mime: string };
  name: string;
  base: string;
}

function Preview({ file, name, base }: PreviewProps) {
  const address = fileAddress(base, file.path);
  if (file.mime.startsWith('video/')) return <video class="files-film" src={address} controls preload="metadata" />;
  if (file.mime.startsWith('audio/')) return <audio src={address} controls preload="metadata" />;
  return (
    <a class="files-preview" href={address} aria-label={name}>
      <Thumbnail file={file} base={base} size={320} />
    </a>
  );
}

interface ChangeProps extends Pick<FileScreenProps, 'path' | 'base' | 'texts'> {
  seen: string;
  formToken: string;
}

/** Where other bytes are put in the place of the file. */
function Replace({ path, seen, formToken, base, texts }: ChangeProps) {
  return (
    <form class="files-upload" method="post" enctype="multipart/form-data" action={aboutFile(base, 'attachment', path)}>
      <FormToken token={formToken} />
      <input type="hidden" name="seen" value={seen} />
      <div class="site-field">
        <label for="files-chosen">{texts.attachments.replaceWith}</label>
        <input id="files-chosen" type="file" name="file" required />
      </div>
      <button class="site-button" type="submit">
        {texts.attachments.replace}
      </button>
    </form>
  );
}

interface RevisionProps extends Pick<FileScreenProps, 'now' | 'path' | 'formToken' | 'base' | 'texts'> {
  revision: FileRevision;
}

function Revision({ revision, now, path, formToken, base, texts }: RevisionProps) {
  const { change, kind, path: was, blob, size, mime } = revision;
  const isNow = now !== null && blob === now.blob;
  return (
    <li>
      <p>
        <strong>{texts.kinds[kind]}</strong> <ChangedBy change={change} base={base} texts={texts} />
        {was !== path && <span class="site-soft"> {texts.thenCalled(was)}</span>}
      </p>
      {blob !== null && size !== null && (
        <div class="files-revision">
          <span class="files-thumb">
            <Thumbnail file={{ path: was, blob, size, mime, revision: change.revision }} base={base} size={80} />
          </span>
          <a href={revisionAddress(base, was, change.revision)}>
            {texts.attachments.asOf} ({sizeOf(size, texts)})
          </a>
          {isNow && <span class="site-badge">{texts.attachments.isNow}</span>}
          {!isNow && formToken !== null && (
            <form method="post" action={aboutFile(base, 'restore-file', path)}>
              <FormToken token={formToken} />
              <input type="hidden" name="revision" value={change.revision} />
              <input type="hidden" name="was" value={was} />
              {now !== null && <input type="hidden" name="seen" value={now.blob} />}
              <button class="site-button" type="submit">
                {texts.attachments.restore}
              </button>
            </form>
          )}
        </div>
      )}
    </li>
  );
}
