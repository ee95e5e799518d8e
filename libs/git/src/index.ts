export { GitError, gitErrorCodes, type GitErrorCode } from './git-errors.js';
export type { GitEvent, OnGitEvent } from './git-events.js';
export { Funnel, type Moved, type Moving, type Ready, type Step, type Written } from './funnel.js';
export { lineDiff, unifiedDiff, type DiffHunk, type DiffLine, type FileDiff, type WordChange } from './line-diff.js';
export { merge3, type Merged } from './merge3.js';
export type { Move, MoveRecord } from './moves.js';
export { Objects, type ObjectReader } from './object-reader.js';
export {
  isOid,
  hashObject,
  type CommitInfo,
  type GitObject,
  type Oid,
  type Person,
  type Stamp,
  type TreeChange,
  type TreeItem,
} from './objects.js';
export type { RecoveryReport } from './recovery.js';
export { Repositories } from './repositories.js';
export { Repository } from './repository.js';
export { Snapshot, type Draft } from './snapshot.js';
export { storageTrouble } from './storage-trouble.js';
export type { TreeEdit } from './tree-edit.js';
export { blame, type BlameLine } from './blame.js';
export { exportBundle, importBundle } from './bundle.js';
export { fetchRemote, type RemoteFetch } from './remote-fetch.js';
export { findRenames, type Rename } from './renames.js';
export { brokerRunner } from './broker.js';
export { directRunner, requireGit } from './git-runner.js';
export type { GitChild, GitCommand, GitResult, GitRunner } from './git-command.js';
export { Maintenance, type MaintenanceReport } from './maintenance.js';
export { ReceivePack, type Push } from './receive-pack.js';
export type { PushedCommits, PushPolicy } from './push-taking.js';
export { gitProtocol, SmartHttp, type Fetch, type GitService } from './smart-http.js';
export { IncomingBytes, type IncomingLimits } from './incoming-bytes.js';
export type { TurnstileLimits } from './turnstile.js';
export { maxTreeDepth, WalkBudget } from './walk-budget.js';
export { zipArchive, type ZipEntry } from './zip-archive.js';
