import { GitError } from './git-errors.js';
import type { IncomingBytes } from './incoming-bytes.js';
import { isOid, type Oid } from './objects.js';
import { readPacket, type Packet } from './pkt-line.js';

/** What we say we understand. Deletions too: a client that may not ask for one cannot be told why it is refused. */
export const receiveCapabilities =
  'report-status delete-refs side-band-64k quiet ofs-delta object-format=sha1 agent=wikibot';

export interface RefCommand {
  /** Null: the client believes that the ref does not exist. */
  before: Oid | null;
  /** Null: the ref is to be deleted. */
  after: Oid | null;
  ref: string;
}

export interface PushRequest {
  commands: RefCommand[];
  sideBand: boolean;
}

const nowhere = '0'.repeat(40);
const maxCommands = 64;
const malformed = (what: string): GitError => new GitError('pack-refused', `The push cannot be read: ${what}.`);

/** Reads the commands at the head of a push; what is left of the body is the pack. */
export async function readPushRequest(body: IncomingBytes): Promise<PushRequest> {
  const commands: RefCommand[] = [];
  let capabilities: string[] = [];
  for (let packets = 0; ; packets += 1) {
    if (packets > maxCommands) throw malformed('it names too many refs');
    const line = await nextPacket(body);
    if (line === 'flush') return { commands, sideBand: capabilities.includes('side-band-64k') };
    if (!Buffer.isBuffer(line)) throw malformed('a packet is out of place');
    const [text = '', words] = line.toString('utf8').replace(/\n$/, '').split('\0');
    if (words !== undefined) capabilities = words.trim().split(' ');
    // A shallow client names its borders; what its commits need is checked anyway.
    if (!text.startsWith('shallow ')) commands.push(parseCommand(text));
  }
}

async function nextPacket(body: IncomingBytes): Promise<Packet> {
  const digits = await body.peek(4);
  const length = parseInt(digits.toString('latin1'), 16);
  const read = readPacket(await body.peek(Math.max(4, length || 0)), 0);
  if (read === null) throw malformed('it ends before its commands do');
  await body.take(read.next);
  return read.packet;
}

function parseCommand(line: string): RefCommand {
  const [before = '', after = '', ...name] = line.split(' ');
  const ref = name.join(' ');
  if (!isOid(before) || !isOid(after) || ref === '') throw malformed('a command is malformed');
  return { before: before === nowhere ? null : before, after: after === nowhere ? null : after, ref };
}

/** How many objects the pack says it holds; null when no pack follows. */
export async function packObjects(body: IncomingBytes): Promise<number | null> {
  const head = await body.peek(12);
  if (head.length === 0) return null;
  const version = head.length === 12 ? head.readUInt32BE(4) : 0;
  if (head.toString('latin1', 0, 4) !== 'PACK' || (version !== 2 && version !== 3)) {
    throw malformed('what follows the commands is not a pack');
  }
  return head.readUInt32BE(8);
}
