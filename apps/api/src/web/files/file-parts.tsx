import { fileAddress, pageAddress } from '@lib/markdown';
import { Icon } from '../layout/icon.js';
import type { Texts } from '../texts/texts.js';
import { filesAddress, thumbnailAddress } from './file-addresses.js';
import type { ThumbnailSize } from './thumbnails.js';

interface Shown {
  path: string;
  blob: string;
  size: number;
  mime: string;
  /** For a file as it was. */
  revision?: string | undefined;
}

/** Larger drawings are not loaded for a small picture of them. */
const mostDrawing = 256 * 1024;
const pictures = /^image\/(?:png|jpeg|gif|webp|avif)\b/;

/** A small picture of a file where there is one; else a sign. It says nothing that its name does not say. */
export function Thumbnail({ file, base, size }: { file: Shown; base: string; size: ThumbnailSize }) {
  const isDrawing = file.mime === 'image/svg+xml' && file.size <= mostDrawing;
  const source = isDrawing
    ? `${fileAddress(base, file.path)}${file.revision === undefined ? '' : `?revision=${file.revision}`}`
    : pictures.test(file.mime)
      ? thumbnailAddress(base, file, size)
      : null;
  if (source === null) {
    return (
      <span class="files-sign">
        <Icon name="page" />
      </span>
    );
  }
  const larger = isDrawing || size === 320 ? undefined : `${thumbnailAddress(base, file, 160)} 2x`;
  return <img class="files-picture" src={source} srcset={larger} alt="" loading="lazy" decoding="async" />;
}

/** The way from the root of the wiki to a file, by the list it stands in. */
export function FileCrumbs({ path, base, texts }: { path: string; base: string; texts: Texts }) {
  const segments = path.split('/').slice(0, -1);
  const folders = segments.map((_, at) => segments.slice(0, at + 1).join('/'));
  return (
    <nav class="site-crumbs" aria-label={texts.attachments.title}>
      <ol>
        <li>
          <a href={filesAddress(base, null)}>{texts.attachments.title}</a>
        </li>
        {folders.map((folder, at) => (
          <li>
            <a href={at === folders.length - 1 ? filesAddress(base, folder) : pageAddress(base, folder)}>
              {segments[at]}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** How much a file holds, as people of this language write it. */
export function sizeOf(bytes: number, { language }: Texts): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  const step = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const options = { style: 'unit', unit: units[step], maximumFractionDigits: step === 0 ? 0 : 1 } as const;
  return new Intl.NumberFormat(language, { ...options, unitDisplay: step === 0 ? 'long' : 'short' }).format(
    bytes / 1000 ** step,
  );
}

/** The type of a file in few letters: its ending where it has one. */
export function typeOf({ path, mime }: { path: string; mime: string }): string {
  const ending = /\.([a-z0-9]{1,8})$/i.exec(path)?.[1];
  return ending === undefined ? (mime.split(';')[0] ?? mime) : ending.toUpperCase();
}
