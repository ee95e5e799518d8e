import { corrupt, GitError } from './git-errors.js';
import type { Oid } from './objects.js';
import { flush, packet, readPackets } from './pkt-line.js';
import { mainRef } from './refs.js';
import type { Repository } from './repository.js';
import { visibleRefs } from './visible-refs.js';

/** How a request of protocol v2 begins that asks for the refs. */
export const lsRefsHead = Buffer.from('0014command=ls-refs');

interface Listing {
  peel: boolean;
  symrefs: boolean;
  unborn: boolean;
  prefixes: string[];
}

/** Answers the v2 command `ls-refs` from the files of the repository. */
export async function listRefs(repository: Repository, request: Buffer): Promise<Buffer> {
  const wanted = parse(request);
  const matches = (name: string) => wanted.prefixes.length === 0 || wanted.prefixes.some((p) => name.startsWith(p));
  const refs = visibleRefs(repository);
  const lines = matches('HEAD') ? headLines(refs.find(({ name }) => name === mainRef)?.oid, wanted) : [];
  for (const { name, oid } of refs.filter((ref) => matches(ref.name))) {
    const isTag = wanted.peel && name !== mainRef;
    lines.push(`${oid} ${name}${isTag ? await peeled(repository, oid) : ''}`);
  }
  return Buffer.concat([...lines.map((line) => packet(`${line}\n`)), flush]);
}

const maxListing = 64 << 10;

function parse(request: Buffer): Listing {
  if (request.length > maxListing) throw new GitError('too-large', 'The request lists too many ref prefixes.');
  const lines = readPackets(request).filter((one) => Buffer.isBuffer(one));
  const words = lines.map((line) => line.toString('utf8').replace(/\n$/, ''));
  const prefixes = words.filter((word) => word.startsWith('ref-prefix ')).map((word) => word.slice(11));
  const has = (word: string) => words.includes(word);
  return { peel: has('peel'), symrefs: has('symrefs'), unborn: has('unborn'), prefixes };
}

function headLines(main: Oid | undefined, { symrefs, unborn }: Listing): string[] {
  // It says nothing but where HEAD leads, so only to who wants to hear that, too.
  if (main === undefined) return unborn && symrefs ? [`unborn HEAD symref-target:${mainRef}`] : [];
  return [`${main} HEAD${symrefs ? ` symref-target:${mainRef}` : ''}`];
}

const maxLinks = 64;

/** What a tag leads to in the end, itself or through other tags. */
async function peeled(repository: Repository, oid: Oid): Promise<string> {
  let target = oid;
  for (let links = 0; (await repository.header(target)).type === 'tag'; links += 1) {
    const { bytes } = await repository.object(target, 1 << 20);
    const next = /^object ([0-9a-f]{40})/.exec(bytes.toString('latin1', 0, 64))?.[1];
    if (next === undefined || links > maxLinks) throw corrupt(`the tag ${oid} leads nowhere`);
    target = next;
  }
  return target === oid ? '' : ` peeled:${target}`;
}
