import type { Access, WikiLimits } from '@lib/acl';
import {
  WalkBudget,
  type PushPolicy,
  type Repositories,
  type Repository,
  type TreeChange,
  type TreeItem,
} from '@lib/git';
import { attachmentQuotaSentence, pageLimitSentence } from './limits.js';
import { AttachmentHistory } from './limits-attachment-bytes.js';
import { pageOfFile } from './page-path.js';
import { newCommits, oversizedMessages, type Pushed } from './push-rules-commits.js';
import { checkTree, type TreeVerdict } from './tree-rules.js';

/** What is said of a pushed tip: sentences that refuse it, and odd names that stay. */
export interface PushVerdict extends TreeVerdict {
  pages: number;
  attachments: number;
}

interface Room {
  repository: Repository;
  limits: WikiLimits;
  /** How many files one push may add. */
  newPaths: number;
}

const submodule = '160000';
const mostVisits = 1_000_000;
const mostEntries = 500_000;
const mostRefusals = 20;
const mostNewPaths = 50_000;
const defaultPushBytes = 1 << 30;

/** Judges what comes by git: the tree of the new tip, its messages, and the limits of the plan. */
export class PushRules {
  private readonly repositories: Repositories;
  private readonly pushBytes: number;

  constructor({ repositories, pushBytes }: { repositories: Repositories; pushBytes?: number }) {
    this.repositories = repositories;
    this.pushBytes = pushBytes ?? defaultPushBytes;
  }

  /** How large a push to this wiki may be. */
  limitsFor(_access: Access<'repo.push'>): { maxBytes: number } {
    return { maxBytes: this.pushBytes };
  }

  /** What a push to this wiki is asked; the sentences are for the person who pushed. */
  policyFor({ wiki }: Access<'repo.push'>): PushPolicy {
    return async (pushed) => {
      const repository = await this.repositories.open(wiki.id);
      const { refusals } = await judgeTip(pushed, { repository, limits: wiki.limits, newPaths: mostNewPaths });
      return refusals;
    };
  }

  /** The same for an import, which brings a whole wiki at once. */
  async judge(pushed: Pushed, repository: Repository, limits: WikiLimits): Promise<PushVerdict> {
    return judgeTip(pushed, { repository, limits, newPaths: mostEntries });
  }
}

async function judgeTip(pushed: Pushed, room: Room): Promise<PushVerdict> {
  const { before, after, objects } = pushed;
  const entries = await objects.walk(after, '', mostVisits);
  const changes = await objects.diff(before, after, new WalkBudget(mostVisits));
  const { refusals, odd } = await judgeTree(pushed, { entries, changes, limits: room.limits });
  const isPage = ({ path }: { path: string }): boolean => pageOfFile(path) !== null;
  const pages = entries.filter(isPage).length;
  const added = changes.filter((change) => change.before === null);
  const growth =
    added.filter(isPage).length - changes.filter((change) => change.after === null && isPage(change)).length;
  refusals.push(
    ...newPathsRefusal(added.length, room.newPaths),
    ...pageRefusal(room.limits.pages, { pages, growth }),
    ...(await quotaRefusal(pushed, room)),
    ...oversizedMessages(await newCommits(pushed, room.repository)),
  );
  return { refusals, odd, pages, attachments: entries.length - pages };
}

interface Compared {
  entries: TreeItem[];
  changes: TreeChange[];
  limits: WikiLimits;
}

/** Only what the push changes is held to the rules; what was there before stays. */
async function judgeTree({ objects }: Pushed, { entries, changes, limits }: Compared): Promise<TreeVerdict> {
  const sizes = new Map<string, number | undefined>();
  for (const { path, after } of changes) {
    // A submodule names a commit of elsewhere, which has no size here.
    if (after !== null) sizes.set(path, after.mode === submodule ? undefined : await objects.blobSize(after.oid));
  }
  const sized = entries.map((entry) => ({ ...entry, size: sizes.get(entry.path) }));
  const { pageBytes, fileBytes } = limits;
  const held = { pageBytes, fileBytes, entries: mostEntries, refusals: mostRefusals };
  return checkTree(sized, { changed: new Set(sizes.keys()), limits: held });
}

const newPathsRefusal = (added: number, limit: number): string[] =>
  added > limit ? [`The push adds ${added} files; one push may add ${limit}. Push in parts.`] : [];

/** A push that adds no pages passes, also above the limit. */
function pageRefusal(limit: number | null, { pages, growth }: { pages: number; growth: number }): string[] {
  return limit !== null && growth > 0 && pages > limit ? [pageLimitSentence(limit, pages)] : [];
}

/** Files of commits in between count, also when the tip has them no more. */
async function quotaRefusal(
  { before, after, objects }: Pushed,
  { repository, limits: { attachmentBytes: limit } }: Room,
): Promise<string[]> {
  if (limit === null) return [];
  const history = await AttachmentHistory.upTo(repository.gitDir, before, repository);
  const bytes = await history.with(after, objects);
  return bytes > limit && bytes > history.bytes ? [attachmentQuotaSentence(limit, bytes)] : [];
}
