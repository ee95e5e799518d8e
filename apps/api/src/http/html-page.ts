import { hash } from 'node:crypto';

/** A page of ours as an answer, in the bytes that are sent: one that is sent again is neither encoded nor hashed again. */
export class HtmlPage {
  readonly bytes: Buffer;
  private tag: string | null = null;

  constructor(text: string) {
    this.bytes = Buffer.from(text);
  }

  /** The strong ETag of these bytes. */
  get etag(): string {
    this.tag ??= `"${hash('sha256', this.bytes, 'base64url').slice(0, 22)}"`;
    return this.tag;
  }
}
