import { encodedPath, fileAddress } from '@lib/markdown';
import type { ThumbnailSize } from './thumbnails.js';

/** Where the files of a page are listed; those of the wiki when there is no page. */
export const filesAddress = (base: string, page: string | null): string =>
  page === null ? `${base}/-/files` : `${base}/-/files/${encodedPath(page)}`;

/** A page of ours about one file: what it is, or where something is done to it. */
export const aboutFile = (
  base: string,
  kind: 'attachment' | 'rename-file' | 'delete-file' | 'restore-file',
  path: string,
): string => `${base}/-/${kind}/${encodedPath(path)}`;

/** The bytes of a file as they were at a revision, by an address that is of the same bytes for good. */
export const revisionAddress = (base: string, path: string, revision: string): string =>
  `${fileAddress(base, path)}?revision=${revision}`;

/** A picture in a small form; an address with the blob in it is of the same picture for good. */
export const thumbnailAddress = (
  base: string,
  { path, blob, revision }: { path: string; blob: string; revision?: string | undefined },
  size: ThumbnailSize,
): string =>
  `${base}/-/thumbnail/${encodedPath(path)}?size=${size}&blob=${blob}${revision === undefined ? '' : `&revision=${revision}`}`;
