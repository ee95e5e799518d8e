import type { Texts } from '../texts/texts.js';
import { filesAddress } from './file-addresses.js';
import { sizeOf } from './file-parts.js';
import { FormToken } from '../layout/form-token.js';

interface UploadFormProps {
  /** Null for the files of the wiki: then a folder can be named. */
  page: string | null;
  formToken: string;
  fileBytes: number;
  base: string;
  texts: Texts;
}

/** Where files are sent from. The script of the page lets them be dropped here and shows how far each is. */
export function UploadForm({ page, formToken, fileBytes, base, texts }: UploadFormProps) {
  const { upload, choose, limit, folder, folderHint, replaceSame, script } = texts.attachments;
  return (
    <form
      class="files-upload"
      method="post"
      enctype="multipart/form-data"
      action={filesAddress(base, page)}
      data-upload={JSON.stringify(script)}
      data-limit={fileBytes}
    >
      <FormToken token={formToken} />
      <div class="files-drop" data-drop>
        <label for="files-chosen">{choose}</label>
        <input id="files-chosen" type="file" name="file" multiple required />
        <p class="site-hint">{limit(sizeOf(fileBytes, texts))}</p>
      </div>
      {page === null && (
        <div class="site-field">
          <label for="files-folder">{folder}</label>
          <input id="files-folder" name="folder" autocomplete="off" />
          <p class="site-hint">{folderHint}</p>
        </div>
      )}
      <p>
        <label>
          <input type="checkbox" name="replace" /> {replaceSame}
        </label>
      </p>
      <button class="site-button site-primary" type="submit">
        {upload}
      </button>
    </form>
  );
}
