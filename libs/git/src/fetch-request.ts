import { isDamage } from './git-errors.js';
import { isOid, type Oid } from './objects.js';
import { readPackets } from './pkt-line.js';
import type { Repository } from './repository.js';
import { visibleRefs } from './visible-refs.js';

const wanted = /^want ([0-9a-f]{40})/;

/** The first commit a fetch asks for that no visible ref leads to; null when all may be had. */
export async function hiddenWant(repository: Repository, request: Buffer): Promise<Oid | null> {
  const wants = new Set(readPackets(request).flatMap((packet) => wantOf(packet) ?? []));
  const refs = visibleRefs(repository).map(({ oid }) => oid);
  for (const oid of refs) wants.delete(oid);
  for (const oid of wants) if (await isHidden(repository, oid, refs)) return oid;
  return null;
}

/** The first ref a fetch asks for whose object cannot be read; of it git would say that there is no such ref. */
export async function damagedWant(repository: Repository, request: Buffer): Promise<unknown> {
  const wants = new Set(readPackets(request).flatMap((packet) => wantOf(packet) ?? []));
  for (const { oid } of visibleRefs(repository)) {
    if (!wants.has(oid)) continue;
    try {
      await repository.header(oid);
    } catch (error) {
      if (isDamage(error)) return error;
      throw error;
    }
  }
  return null;
}

function wantOf(packet: unknown): Oid | null {
  if (!Buffer.isBuffer(packet)) return null;
  return wanted.exec(packet.toString('latin1', 0, 64))?.[1] ?? null;
}

/**
 * git serves any object to whoever knows its id. For commits that is refused here. Files and folders are not asked
 * about: partial clones want them by the thousand, and who knows the id of a file knows what is in it.
 */
async function isHidden(repository: Repository, oid: Oid, refs: Oid[]): Promise<boolean> {
  const header = isOid(oid) ? await repository.store.header(oid) : null;
  if (header?.type !== 'commit' || (await repository.isReachable(oid))) return false;
  for (const ref of refs) {
    const commit = await peel(repository, ref);
    if (commit !== null && (await repository.isAncestor(oid, commit))) return false;
  }
  return true;
}

/** The commit a tag names, itself or through others. */
async function peel(repository: Repository, ref: Oid): Promise<Oid | null> {
  let oid = ref;
  for (let links = 0; links < 8; links += 1) {
    const { type } = await repository.header(oid);
    if (type === 'commit') return oid;
    if (type !== 'tag') return null;
    const { bytes } = await repository.object(oid, 1 << 20);
    oid = /^object ([0-9a-f]{40})/.exec(bytes.toString('latin1', 0, 64))?.[1] ?? '';
  }
  return null;
}
