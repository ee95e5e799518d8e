import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type Sharp from 'sharp';
import { pictureKind } from './picture-kind.js';

/** The widths and heights that are made, in pixels; none is larger than the picture. */
export const thumbnailSizes = [80, 160, 320] as const;
export type ThumbnailSize = (typeof thumbnailSizes)[number];

/** What is not worth the work, or meant to make it too much. */
const limits = { bytes: 64 << 20, pixels: 50_000_000, seconds: 5, atOnce: 2, waiting: 100 };
const keptBytes = 16 << 20;

interface Wanted {
  /** What the bytes are known by: the wiki and the blob. */
  key: string;
  size: ThumbnailSize;
  /** Asked only when the picture was not made before. */
  read: () => Promise<Buffer>;
}

/**
 * Small forms of pictures. They are made from whatever somebody uploaded: only formats made of pixels are opened, with
 * bounds on pixels and time, few at once, in threads of their own. What cannot be made is remembered as such.
 */
@Injectable()
export class Thumbnails {
  private readonly made = new LRUCache<string, { webp: Buffer | null }>({
    maxSize: keptBytes,
    sizeCalculation: ({ webp }) => (webp?.length ?? 0) + 200,
  });
  private readonly making = new Map<string, Promise<Buffer | null>>();
  private readonly queue: (() => void)[] = [];
  private running = 0;

  /** A picture as WebP; null for what is none, `busy` when too many wait. */
  async of({ key, size, read }: Wanted): Promise<Buffer | null | 'busy'> {
    const name = `${key} ${size}`;
    const known = this.made.get(name);
    if (known !== undefined) return known.webp;
    const begun = this.making.get(name);
    if (begun !== undefined) return begun;
    if (this.queue.length >= limits.waiting) return 'busy';
    const work = this.inTurn(async () => small(await read(), size));
    this.making.set(name, work);
    try {
      const webp = await work;
      this.made.set(name, { webp });
      return webp;
    } finally {
      this.making.delete(name);
    }
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= limits.atOnce) await new Promise<void>((resolve) => this.queue.push(resolve));
    else this.running += 1;
    try {
      return await work();
    } finally {
      // The place goes to whoever waits, so that nobody comes between.
      const next = this.queue.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}

async function small(bytes: Buffer, size: ThumbnailSize): Promise<Buffer | null> {
  if (bytes.length > limits.bytes || pictureKind(bytes) === null) return null;
  try {
    const sharp = await loaded();
    return await sharp(bytes, { limitInputPixels: limits.pixels, failOn: 'error', pages: 1, sequentialRead: true })
      .timeout({ seconds: limits.seconds })
      .autoOrient()
      .resize({ width: size, height: size, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80, effort: 2 })
      .toBuffer();
  } catch {
    // Damaged, cut off, too large or too slow, or a machine for which there is no library: there is nothing to show.
    return null;
  }
}

let library: Promise<typeof Sharp> | undefined;

/** Loading it takes a while, and many servers never show a picture. */
function loaded(): Promise<typeof Sharp> {
  library ??= import('sharp').then(({ default: sharp }) => {
    // Opened by content, not by name: what looks like a picture to us and like something else to it stays closed.
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({ operation: loaders });
    sharp.cache(false);
    sharp.concurrency(1);
    return sharp;
  });
  return library;
}

const loaders = ['Png', 'Jpeg', 'Webp', 'Heif', 'Nsgif'].map((format) => `VipsForeignLoad${format}Buffer`);
