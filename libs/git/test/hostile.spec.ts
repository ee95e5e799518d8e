import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { directRunner, GitError, IncomingBytes, ReceivePack, WalkBudget } from '../src/index.js';
import { applyDelta } from '../src/delta.js';
import { hashObject } from '../src/objects.js';
import { packet, readPackets } from '../src/pkt-line.js';
import { readPushRequest } from '../src/push-request.js';
import { aRepository, record, type TestRepository } from '../src/testing/a-repository.js';

const runner = directRunner();
const flush = Buffer.from('0000');

/** The head of an object in a pack: its kind and its size, seven bits a byte. */
function head(kind: number, size: number): Buffer {
  const bytes = [(kind << 4) | (size & 15)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 0x80;
    bytes.push(rest & 0x7f);
  }
  return Buffer.from(bytes);
}

function packOf(objects: Buffer[], count = objects.length): Buffer {
  const start = Buffer.alloc(12);
  start.write('PACK');
  start.writeUInt32BE(2, 4);
  start.writeUInt32BE(count, 8);
  const bytes = Buffer.concat([start, ...objects]);
  return Buffer.concat([bytes, createHash('sha1').update(bytes).digest()]);
}

/** As a socket hands them over. */
function* pieces(body: Buffer): Generator<Buffer> {
  for (let at = 0; at < body.length; at += 16_384) yield body.subarray(at, at + 16_384);
}

const whole = (kind: number, bytes: Buffer) => Buffer.concat([head(kind, bytes.length), deflateSync(bytes)]);
const commitOf = (tree: string) =>
  Buffer.from(`tree ${tree}\nauthor x <x@x> 1 +0000\ncommitter x <x@x> 1 +0000\n\nx\n`);

describe('a hostile push', () => {
  let repo: TestRepository;
  let receivePack: ReceivePack;
  beforeEach(async () => {
    repo = await aRepository({ 'a.md': '1' });
    receivePack = new ReceivePack(runner, repo.funnel);
  });
  afterEach(() => repo.remove());

  /** Sends bytes as a push; the answer's text, or the error. */
  const send = async (body: Buffer, maxBytes = 1 << 20): Promise<string> => {
    const out = new PassThrough();
    const { signal } = new AbortController();
    const push = { body: Readable.from(pieces(body)), record, policy: async () => [], maxBytes, signal };
    const [answer] = await Promise.all([out.toArray(), receivePack.receive(repo.repository, push, out)]);
    return Buffer.concat(answer as Buffer[]).toString('latin1');
  };
  const push = async (pack: Buffer, after = '1'.repeat(40), maxBytes?: number) => {
    const command = packet(`${await repo.repository.tip()} ${after} refs/heads/main\0report-status side-band-64k\n`);
    return send(Buffer.concat([command, flush, pack]), maxBytes);
  };
  const untouched = async (tip: string | null) => {
    expect(await repo.repository.tip()).toBe(tip);
    const { gitDir } = repo.repository;
    expect(readdirSync(join(gitDir, 'objects/pack'))).toEqual([]);
    expect(readdirSync(join(gitDir, 'objects')).filter((name) => /^(incoming|tmp)/.test(name))).toEqual([]);
  };

  it('of a broken pack is refused in words', async () => {
    const tip = await repo.repository.tip();
    const blob = whole(3, Buffer.from('hello'));
    const good = packOf([blob]);
    const cases: [Buffer, RegExp][] = [
      [good.subarray(0, good.length - 10), /git refused the pack: early EOF/],
      [Buffer.concat([good.subarray(0, -1), Buffer.from([0])]), /git refused the pack: pack is corrupted/],
      [packOf([Buffer.concat([head(3, 99), deflateSync(Buffer.from('hello'))])]), /git refused the pack/],
      [packOf([Buffer.concat([head(3, 2), deflateSync(Buffer.from('hello'))])]), /git refused the pack/],
      [packOf([head(0, 5)]), /git refused the pack/],
      [packOf([blob], 2), /git refused the pack/],
      [packOf([blob], 4_000_000_000), /4000000000 objects, which cannot fit/],
      [packOf([whole(2, Buffer.from('not a tree'))]), /git refused the pack/],
      [
        packOf([Buffer.concat([head(6, 5), Buffer.from([0xff, 0xff, 0x7f]), deflateSync(Buffer.from('delta'))])]),
        /refused/,
      ],
      [packOf([Buffer.concat([head(7, 5), Buffer.alloc(20, 7), deflateSync(Buffer.from('delta'))])]), /refused/],
      [Buffer.from('not a pack at all'), /what follows the commands is not a pack/],
      [good, /leaves out objects/],
    ];
    for (const [pack, reason] of cases) expect(await push(pack)).toMatch(reason);
    await untouched(tip);
  });

  it('whose commit lacks its files, or is none, is refused', async () => {
    const tip = await repo.repository.tip();
    const commit = commitOf('2'.repeat(40));
    const oid = hashObject('commit', commit);
    expect(await push(packOf([whole(1, commit)]), oid)).toMatch(/leaves out objects|refused the pack/);
    const { tree } = await repo.repository.commit(tip ?? '');
    expect(await push(packOf([]), tree)).toContain('can only point to a commit');
    await untouched(tip);
  });

  it('that grows when it is unpacked is held to bounds', async () => {
    const tip = await repo.repository.tip();
    const zeros = Buffer.alloc(64 << 20);
    const bomb = packOf(Array.from({ length: 8 }, (_, i) => whole(3, Buffer.concat([zeros, Buffer.from([i])]))));
    expect(bomb.length).toBeLessThan(1 << 20);

    expect(await push(bomb)).toMatch(/leaves out objects|refused the pack/);
    expect(await push(bomb, undefined, 100_000)).toContain('larger than 100000 bytes');
    await untouched(tip);
  });

  it('with broken packets is an error with a public sentence', async () => {
    const tip = await repo.repository.tip();
    const bodies = [
      '',
      '00',
      'zzzz',
      '0003',
      'fff1',
      '00ff cut short',
      '0010nonsense   \n0000',
      '0001',
      '0004'.repeat(100),
    ];
    for (const body of bodies) {
      await expect(send(Buffer.from(body))).rejects.toMatchObject({ code: 'pack-refused' });
    }
    const many = Buffer.concat(Array.from({ length: 100 }, () => packet(`${tip} ${tip} refs/heads/main`)));
    await expect(send(Buffer.concat([many, flush]))).rejects.toThrow(/too many refs/);
    // Who only asks whether he is let in sends nothing.
    expect(await send(flush)).toBe('');
    await untouched(tip);
  });

  it('of random bytes never does more than fail', async () => {
    const tip = await repo.repository.tip();
    let state = 42;
    const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24;
    const sample = Buffer.concat([packet(`${tip} ${tip} refs/heads/main\0side-band-64k`), flush]);
    for (let run = 0; run < 300; run += 1) {
      const bytes = Buffer.from(sample);
      for (let i = 0; i < 3; i += 1) bytes[next() % bytes.length] = next();
      const outcome = await send(bytes).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(GitError);
    }
    await untouched(tip);
  });
});

describe('bounds', () => {
  it('hold packets, deltas and walks', async () => {
    expect(() => readPackets(Buffer.from('0009ab'))).toThrow(GitError);
    expect(() => applyDelta(Buffer.from('base'), Buffer.from([4, 200, 0x91, 0, 255]))).toThrow(GitError);
    expect(() => applyDelta(Buffer.from('base'), Buffer.alloc(0))).toThrow(GitError);
    const budget = new WalkBudget(10);
    budget.spend(10);
    expect(() => budget.spend(1)).toThrow(/more than 10/);
  });

  it('give up on a sender who falls silent', async () => {
    const silent = new IncomingBytes(new PassThrough(), { maxBytes: 100, idleMs: 50 });
    await expect(readPushRequest(silent)).rejects.toMatchObject({ code: 'timed-out' });
  });

  it('stop a walk of trees that name each other ten billion times', async () => {
    const repo = await aRepository();
    const blob = repo.git('hash-object', '-w', '/dev/null').trim();
    let below = { mode: '100644', oid: blob };
    for (let level = 0; level < 10; level += 1) {
      const { mode, oid } = below;
      const entries = Array.from({ length: 10 }, (_, i) =>
        Buffer.concat([Buffer.from(`${mode} ${i}\0`), Buffer.from(oid, 'hex')]),
      );
      const bytes = Buffer.concat(entries);
      below = { mode: '40000', oid: hashObject('tree', bytes) };
      const folder = join(repo.repository.gitDir, 'objects', below.oid.slice(0, 2));
      mkdirSync(folder, { recursive: true });
      const object = Buffer.concat([Buffer.from(`tree ${bytes.length}\0`), bytes]);
      writeFileSync(join(folder, below.oid.slice(2)), deflateSync(object));
    }
    const author = ['-c', 'user.name=x', '-c', 'user.email=x@x'];
    const commit = repo.git(...author, 'commit-tree', below.oid, '-m', 'bomb').trim();

    await expect(repo.repository.walk(commit, '', 5_000)).rejects.toMatchObject({ code: 'too-large' });
    const diff = repo.repository.diff(null, commit, new WalkBudget(5_000));
    await expect(diff).rejects.toMatchObject({ code: 'too-large' });
    repo.remove();
  });
});
