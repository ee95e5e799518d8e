import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

type Cbor = number | string | Buffer | Map<number | string, Cbor>;

interface Kept {
  id: string;
  userHandle: string;
  key: KeyObject;
  counter: number;
}

interface CreationOptions {
  challenge: string;
  rp: { id?: string };
  user: { id: string };
}

/** What an answer says otherwise than a good one would. */
export interface Lies {
  origin?: string;
  rpId?: string;
  challenge?: string;
  type?: string;
  crossOrigin?: boolean;
  /** Answers with a count that does not grow. */
  counter?: number;
  isVerified?: boolean;
  userHandle?: string;
}

/** A device that keeps passkeys: P-256 keys, no attestation, WebAuthn level 3 as far as a browser would pass it on. */
export class Authenticator {
  readonly kept: Kept[] = [];

  constructor(private readonly origin: string) {}

  /** Makes a passkey. */
  create(options: CreationOptions, lies: Lies = {}) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const id = randomBytes(16);
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const cose = new Map<number, Cbor>([
      ...([
        [1, 2],
        [3, -7],
        [-1, 1],
      ] as [number, number][]),
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]);
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cbor(cose)]);
    const authData = Buffer.concat([head(options.rp.id ?? '', 0, lies, 0x40), credential]);
    const object = new Map<string, Cbor>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ]);
    this.kept.push({ id: id.toString('base64url'), userHandle: options.user.id, key: privateKey, counter: 0 });
    return {
      ...{ id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key' as const },
      clientExtensionResults: {},
      response: {
        clientDataJSON: this.client('webauthn.create', options.challenge, lies).toString('base64url'),
        attestationObject: cbor(object).toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  /** Signs a challenge with a passkey; the one made last unless another is named. */
  get(options: { challenge: string; rpId?: string }, lies: Lies = {}, kept = this.kept.at(-1)) {
    if (kept === undefined) throw new Error('No passkey was made.');
    kept.counter = lies.counter ?? kept.counter + 1;
    const authData = head(options.rpId ?? '', kept.counter, lies);
    const client = this.client('webauthn.get', options.challenge, lies);
    const signed = Buffer.concat([authData, createHash('sha256').update(client).digest()]);
    return {
      ...{ id: kept.id, rawId: kept.id, type: 'public-key' as const, clientExtensionResults: {} },
      response: {
        clientDataJSON: client.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: createSign('sha256').update(signed).sign(kept.key).toString('base64url'),
        userHandle: lies.userHandle ?? kept.userHandle,
      },
    };
  }

  private client(type: string, challenge: string, lies: Lies): Buffer {
    const { origin = this.origin, crossOrigin = false } = lies;
    const data = { type: lies.type ?? type, challenge: lies.challenge ?? challenge, origin, crossOrigin };
    return Buffer.from(JSON.stringify(data));
  }
}

/** The hash of the host name, what was seen of the person, and the count. */
function head(rpId: string, counter: number, { rpId: claimed = rpId, isVerified = true }: Lies, more = 0): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  const flags = Buffer.from([0x01 | (isVerified ? 0x04 : 0) | more]);
  return Buffer.concat([createHash('sha256').update(claimed).digest(), flags, count]);
}

/** The part of RFC 8949 that attestations are written in. */
function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? start(1, -1 - value) : start(0, value);
  if (typeof value === 'string') return Buffer.concat([start(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([start(2, value.length), value]);
  return Buffer.concat([start(5, value.size), ...Array.from(value, ([key, one]) => [cbor(key), cbor(one)]).flat()]);
}

function start(kind: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(kind << 5) | size]);
  return size < 256 ? Buffer.from([(kind << 5) | 24, size]) : Buffer.from([(kind << 5) | 25, size >> 8, size & 255]);
}
