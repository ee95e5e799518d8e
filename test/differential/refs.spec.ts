import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect } from 'vitest';
import { directRunner, exportBundle, importBundle, type Repository, SmartHttp } from '@lib/git';
import { BareRepository, withHistory } from './kit/bare-repository.js';
import { eachSeed, type Random } from './kit/seeds.js';

const tagNames = ['v1', 'v1.0', 'v10', 'a/b', 'a/b-c', 'Ä', '日本', 'wide\u3000space', 'no\u00a0break', '\uff5e', '😀', 'z']; // prettier-ignore
const hidden = [
  '-c',
  'transfer.hideRefs=refs/',
  '-c',
  'transfer.hideRefs=!refs/heads/main',
  '-c',
  'transfer.hideRefs=!refs/tags',
];

/** Tags of all kinds: of commits, trees and files, with a message and without, and of other tags. */
function tagAtRandom({ git }: BareRepository, random: Random): void {
  const objects = git.lines(['rev-list', '--objects', '--no-object-names', 'main']);
  for (const name of random.shuffled(tagNames).slice(0, 4 + random.below(8))) {
    const tags = git.lines(['tag']).map((tag) => `refs/tags/${tag}`);
    const target = random.once(3) && tags.length > 0 ? random.of(tags) : random.of(objects);
    git.attempt(['tag', ...(random.once(3) ? [] : ['-a', '-m', 'a tag']), name, target]);
    if (random.once(3)) git.run(['pack-refs', '--all']);
  }
  if (random.once(2)) git.run(['update-ref', 'refs/heads/main', 'main~1']);
  git.run(['update-ref', 'refs/internal/hidden', 'main']);
}

const packet = (line: string): string => `${(Buffer.byteLength(line) + 5).toString(16).padStart(4, '0')}${line}\n`;

/** A v2 request for refs, with any of the words that may be in one. */
function lsRefs(random: Random): string {
  const words = ['peel', 'symrefs', 'unborn'].filter(() => random.once(2));
  const prefixes = ['refs/tags/', 'refs/heads/', 'HEAD', 'refs/', 'refs/tags/v1', 'refs/heads/main', 'refs/none'];
  const chosen = random.once(3) ? [] : random.shuffled(prefixes).slice(0, 1 + random.below(3));
  const head = packet('command=ls-refs') + packet('object-format=sha1');
  return `${head}0001${[...words, ...chosen.map((p) => `ref-prefix ${p}`)].map(packet).join('')}0000`;
}

async function answer(repository: Repository, body: string): Promise<Buffer> {
  const out = new PassThrough();
  const fetch = {
    body: Readable.from([Buffer.from(body)]),
    protocol: 'version=2',
    signal: new AbortController().signal,
  };
  const [said] = await Promise.all([
    buffer(out),
    new SmartHttp({ runner: directRunner() }).uploadPack(repository, fetch, out),
  ]);
  return said;
}

describe('the refs a client is told of', () => {
  eachSeed('are those that git upload-pack tells', 1, (random) =>
    withHistory(random, { commits: 15 }, async (repository) => {
      tagAtRandom(repository, random);
      for (let i = 0; i < 8; i += 1) {
        const request = lsRefs(random);
        const theirs = repository.git.run([...hidden, 'upload-pack', '--stateless-rpc', '.'], request, {
          GIT_PROTOCOL: 'version=2',
        });
        expect((await answer(repository.reader(), request)).toString(), request).toBe(theirs.toString());
      }
      // What may be pushed to: the same refs, by the list that git receive-pack gives.
      const receive = await new SmartHttp({ runner: directRunner() }).advertise(
        repository.reader(),
        'git-receive-pack',
      );
      const theirs = repository.git.text([...hidden, 'receive-pack', '--http-backend-info-refs', '.']);
      const refsOf = (text: string) => [...text.matchAll(/[0-9a-f]{40} refs\/[^\0\n]+/g)].map(([line]) => line);
      expect(refsOf(receive.body.toString())).toEqual(refsOf(theirs));
    }),
  );

  eachSeed('are the same before there is a first commit', 1, async (random) => {
    const repository = BareRepository.empty();
    for (let i = 0; i < 4; i += 1) {
      const request = lsRefs(random);
      const theirs = repository.git.run([...hidden, 'upload-pack', '--stateless-rpc', '.'], request, {
        GIT_PROTOCOL: 'version=2',
      });
      expect((await answer(repository.reader(), request)).toString(), request).toBe(theirs.toString());
    }
    repository.remove();
  });
});

describe('a bundle', () => {
  eachSeed('is one that git verifies, and brings back the same history', 1, (random) =>
    withHistory(random, { commits: 30, branches: true }, async (repository) => {
      tagAtRandom(repository, random);
      const scratch = mkdtempSync(join(tmpdir(), 'wikibot-bundle-'));
      const file = join(scratch, 'wiki.bundle');
      const reader = repository.reader();
      const child = await exportBundle(reader, directRunner());
      writeFileSync(file, await buffer(child.stdout));
      expect(await child.exit).toBe(0);
      expect(repository.git.attempt(['bundle', 'verify', '-q', file]).status).toBe(0);

      const target = BareRepository.empty();
      const tip = await importBundle(target.reader(), directRunner(), file);
      target.git.run(['update-ref', 'refs/heads/main', tip]);
      expect(target.commits()).toEqual(repository.commits());
      expect(target.git.attempt(['fsck', '--strict', '--full']).status).toBe(0);
      target.remove();
      rmSync(scratch, { recursive: true });
    }),
  );
});
