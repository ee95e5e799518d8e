import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';

const pagesPerFolder = 200;
const pagesPerCommit = 10;
const pagesPerWord = 500;

/** The path of the n-th page. */
export const pagePath = (n: number): string => `Area${Math.floor(n / pagesPerFolder)}/Page${n}`;

/** A word that stands on this page and on at most 499 others. */
export const wordOf = (n: number): string => `topic${Math.floor(n / pagesPerWord)}`;

/** About 3 kB of markdown with frontmatter, headings and links, the same for the same number every time. */
export function pageText(n: number, pages: number): string {
  const next = randomNumbers(n + 1);
  const word = () => vocabulary[Math.floor(next() * vocabulary.length)] ?? '';
  const sentence = () => `${Array.from({ length: 12 }, word).join(' ')}.`;
  const paragraph = () => Array.from({ length: 4 }, sentence).join(' ');
  const link = () => `[[${pagePath(Math.floor(next() * pages))}]]`;
  const section = (at: number) => `## Part ${at}\n\n${paragraph()} See ${link()}.\n\n${paragraph()}\n`;
  return `---\ntitle: Page ${n}\ncategory: area${n % 20}\ntags: [tag${n % 50}]\n---\n\n# Page ${n}\n\nAbout ${wordOf(n)}.\n\n${[1, 2, 3, 4].map(section).join('\n')}`;
}

// Each of these stands on a few hundred of 50,000 pages at most times; the parts make them look like words.
const syllables = ['ba', 'ce', 'di', 'fo', 'gu', 'ha', 'je', 'ki', 'lo', 'mu', 'na', 'pe', 'ri', 'so', 'tu', 'va'];
const vocabulary = syllables.flatMap((a) =>
  syllables.flatMap((b) => syllables.flatMap((c) => syllables.map((d) => a + b + c + d))),
);

/** Numbers from 0 to 1 by a linear congruential generator (Numerical Recipes, 1992: ranqd1). */
function randomNumbers(seed: number): () => number {
  let state = Math.imul(seed, 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A bare repository with so many pages, ten to a commit, packed. Answers with its folder. */
export const generateRepository = (folder: string, pages: number): Promise<string> =>
  fastImport(join(folder, `pages-${pages}.git`), function* () {
    for (let first = 0; first < pages; first += pagesPerCommit) {
      yield Buffer.from(commitOf(first, Math.min(first + pagesPerCommit, pages), pages));
    }
  });

/** A bare repository of about so many MB, nearly all of it files that do not compress. */
export const generateBulk = (folder: string, megabytes: number): Promise<string> =>
  fastImport(join(folder, 'bulk.git'), function* () {
    yield Buffer.from(`commit refs/heads/main\ncommitter ${author(0)}\ndata 4\nBulk\n`);
    yield Buffer.from('M 100644 inline Home.md\ndata 7\n# Home\n\n');
    for (let file = 0; file < megabytes; file += 1) {
      const bytes = randomBytes(1_000_000);
      yield Buffer.from(`M 100644 inline Home/file-${file}.bin\ndata ${bytes.length}\n`);
      yield bytes;
      yield Buffer.from('\n');
    }
  });

async function fastImport(gitDir: string, parts: () => Iterable<Buffer>): Promise<string> {
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', gitDir]);
  const child = spawn('git', ['--git-dir', gitDir, 'fast-import', '--quiet'], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  for (const part of parts()) if (!child.stdin.write(part)) await once(child.stdin, 'drain');
  child.stdin.end();
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`git fast-import ended with ${code}.`);
  execFileSync('git', ['--git-dir', gitDir, 'repack', '-adq', '--write-bitmap-index']);
  execFileSync('git', [
    '--git-dir',
    gitDir,
    'commit-graph',
    'write',
    '--reachable',
    '--changed-paths',
    '--no-progress',
  ]);
  return gitDir;
}

const author = (n: number) => `Bench <bench@example.org> ${1_700_000_000 + n} +0000`;

function commitOf(from: number, to: number, pages: number): string {
  const message = `Write pages ${from} to ${to - 1}`;
  const files = Array.from({ length: to - from }, (_, i) => {
    const text = pageText(from + i, pages);
    return `M 100644 inline ${pagePath(from + i)}.md\ndata ${Buffer.byteLength(text)}\n${text}\n`;
  });
  return `commit refs/heads/main\ncommitter ${author(from)}\ndata ${message.length}\n${message}\n${files.join('')}\n`;
}
