import type { WikiId } from '@lib/acl';
import type { Oid, Repositories } from '@lib/git';

/** Where the bytes of attachments are kept. */
export interface BlobStore {
  /** Takes the bytes in before a commit; gives what the commit is to hold: the bytes themselves, or a pointer to them. */
  keep(wiki: WikiId, bytes: Buffer): Promise<Buffer>;
  /** Bytes of the attachment whose committed blob this is. */
  size(wiki: WikiId, blob: Oid): Promise<number>;
  read(wiki: WikiId, blob: Oid): Promise<Buffer>;
}

/** Keeps them in the repository of the wiki, so that a clone has them. */
export class GitBlobStore implements BlobStore {
  constructor(private readonly repositories: Repositories) {}

  async keep(_: WikiId, bytes: Buffer): Promise<Buffer> {
    return bytes;
  }

  async size(wiki: WikiId, blob: Oid): Promise<number> {
    return (await this.repositories.open(wiki)).blobSize(blob);
  }

  async read(wiki: WikiId, blob: Oid): Promise<Buffer> {
    return (await this.repositories.open(wiki)).blob(blob);
  }
}
