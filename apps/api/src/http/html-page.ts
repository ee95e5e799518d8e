import { hash } from 'node:crypto';

interface Marked {
  bytes: Buffer;
  /** Strong: it is made of the bytes. */
  etag: string;
}

/** A page of ours as an answer. One that is sent again is neither encoded nor hashed again. */
export class HtmlPage {
  private readonly known = new Map<string, Marked>();

  constructor(private readonly text: string) {}

  /** The page with these attributes on its root. */
  marked(marks: string): Marked {
    const known = this.known.get(marks);
    if (known !== undefined) return known;
    const made = this.made(marks);
    this.known.set(marks, made);
    return made;
  }

  private made(marks: string): Marked {
    const bytes = Buffer.from(marks === '' ? this.text : this.text.replace('<html ', () => `<html ${marks} `));
    return { bytes, etag: `"${hash('sha256', bytes, 'base64url').slice(0, 22)}"` };
  }
}
