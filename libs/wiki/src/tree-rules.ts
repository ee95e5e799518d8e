import { isGitDisguise, isGitmodulesDisguise } from './git-disguise.js';
import { deceptiveCharacter, quoted } from '@lib/markdown';
import { pageOfFile, pagePathFault, segmentFault, sizeFault } from './page-path.js';
import { TwinFinder } from './twin-finder.js';

/** One entry of a pushed tree: full path, mode as git prints it, and the size in bytes where it is known. */
export interface TreeEntry {
  path: string;
  mode: string;
  size?: number;
}

/** What a pushed tree may hold; `refusals` is how many sentences are given before the rest is only counted. */
export interface TreeLimits {
  pageBytes: number;
  fileBytes: number;
  entries: number;
  refusals: number;
}

/** Sentences that refuse a push (none: accepted), and odd names that stay readable and are reported. */
export interface TreeVerdict {
  refusals: string[];
  odd: { path: string; reason: string }[];
}

const defaults: TreeLimits = { pageBytes: 1_048_576, fileBytes: 10_485_760, entries: 50_000, refusals: 20 };

/**
 * Judges the tree of a pushed tip. With `changed`, only those paths are held to the rules (what was there before
 * stays), but all entries are needed for finding twins.
 */
export function checkTree(
  entries: Iterable<TreeEntry>,
  options: { changed?: ReadonlySet<string>; limits?: Partial<TreeLimits> } = {},
): TreeVerdict {
  const limits = { ...defaults, ...options.limits };
  const findings = new Findings(limits.refusals);
  const twins = new TwinFinder(options.changed);
  let visited = 0;
  for (const entry of entries) {
    if (++visited > limits.entries) {
      findings.refuse(`The tree has more than ${limits.entries} files.`);
      break;
    }
    // An over-deep path has more folders above it than are worth comparing; it is refused or was there before.
    const twin = sizeFault(entry.path) === null ? twins.add(entry.path) : null;
    if (twin !== null) findings.refuse(twinSentence(twin));
    if (options.changed === undefined || options.changed.has(entry.path)) judge(entry, limits, findings);
  }
  return findings.verdict();
}

function judge(entry: TreeEntry, limits: TreeLimits, findings: Findings): void {
  const refusal = refusalOf(entry, limits);
  if (refusal !== null) return findings.refuse(refusal);
  const reason = oddity(entry.path);
  if (reason !== null) findings.report(entry.path, reason);
}

function refusalOf(entry: TreeEntry, limits: TreeLimits): string | null {
  const name = quoted(entry.path);
  if (entry.mode === '120000') return `${name} is a symbolic link; a wiki holds files only.`;
  if (entry.mode === '160000') return `${name} is a submodule; a wiki holds files only.`;
  const segments = entry.path.split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..'))
    return `${name} is not a path a file can have.`;
  if (segments.some(isGitDisguise)) return `${name} can be mistaken for .git.`;
  if (segments.some(isGitmodulesDisguise)) return `${name} is a list of submodules; a wiki has none.`;
  const fault = deceptiveCharacter(entry.path) ?? sizeFault(entry.path);
  return fault === null ? weightRefusal(entry, limits) : `${name} is refused: ${fault}.`;
}

function weightRefusal({ path, size }: TreeEntry, limits: TreeLimits): string | null {
  const isPage = pageOfFile(path) !== null;
  const limit = isPage ? limits.pageBytes : limits.fileBytes;
  if (size === undefined || size <= limit) return null;
  const what = isPage ? 'a page' : 'a file';
  return `${quoted(path)} has ${size} bytes; ${what} may have ${limit}.`;
}

/** Why a name could not have been created through the other doors; null when it could. */
function oddity(file: string): string | null {
  if (file.normalize('NFC') !== file) return 'it is not in the normal form NFC';
  const page = pageOfFile(file);
  if (page !== null) return pagePathFault(page);
  return (
    file
      .split('/')
      .map(segmentFault)
      .find((fault) => fault !== null) ?? null
  );
}

function twinSentence({ path, other }: { path: string; other: string }): string {
  return `${quoted(path)} and ${quoted(other)} are the same name where case and accents' spelling do not count; rename one.`;
}

/** Collects what was found, and only counts refusals beyond the number a person reads. */
class Findings {
  private readonly refusals = new Set<string>();
  private readonly odd: { path: string; reason: string }[] = [];
  private more = 0;

  constructor(private readonly most: number) {}

  refuse(sentence: string): void {
    if (this.refusals.has(sentence)) return;
    if (this.refusals.size < this.most) this.refusals.add(sentence);
    else this.more++;
  }

  report(path: string, reason: string): void {
    this.odd.push({ path, reason });
  }

  verdict(): TreeVerdict {
    const tail = this.more === 0 ? [] : [`And ${this.more} more.`];
    return { refusals: [...this.refusals, ...tail], odd: this.odd };
  }
}
