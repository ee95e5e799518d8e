import type { Access } from '@lib/acl';
import type { Draft, Funnel, Objects, Oid, Repositories, Repository, Snapshot } from '@lib/git';
import type { DataSource } from 'typeorm';
import { agentOf, authorOf, committerOf, recordOf } from './attribution.js';
import { ChangeDraft } from './change-draft.js';
import { Catalogued } from './change-revision.js';
import { ChangeTree } from './change-tree.js';
import { refuseTwins } from './change-twins.js';
import { checkMessage, commitMessage } from './commit-message.js';
import { commitWithKey } from './idempotency-trail.js';
import { holdToLimits, warmQuota } from './limits.js';

/** What changes are committed with. */
export interface CommitterOptions {
  database: DataSource;
  repositories: Repositories;
  funnel: Funnel;
  /** The domain of the addresses that commits carry. */
  mailDomain: string;
}

/** How a change is to be recorded. */
export interface Order<T> {
  message?: string;
  /** The message when none is given, from what was done. */
  fallback: (value: T) => string;
  dryRun?: boolean;
  /** The hash of an Idempotency-Key. */
  key?: string;
}

/** What a change came to: what its work answered, and the commit, or the patch of a dry run. */
export interface Done<T> {
  value: T;
  commit: Oid | null;
  diff?: string;
}

/** Drafts a change on the tree it is shown; answers what its author is told. */
export type Work<T> = (draft: ChangeDraft) => Promise<T>;

/** Carries changes through the funnel: drafted on the newest snapshot, held to limits, recorded in the author's name. */
export class ChangeCommitter {
  private readonly repositories: Repositories;
  private readonly funnel: Funnel;
  private readonly mailDomain: string;
  private readonly catalogued: Catalogued;

  constructor({ database, repositories, funnel, mailDomain }: CommitterOptions) {
    this.repositories = repositories;
    this.funnel = funnel;
    this.mailDomain = mailDomain;
    this.catalogued = new Catalogued(database);
  }

  async commit<T>(access: Access, order: Order<T>, work: Work<T>): Promise<Done<T>> {
    checkMessage(order.message);
    const repository = await this.repositories.open(access.wiki.id);
    await warmQuota(repository, access.wiki.limits);
    let done: Done<T> | null = null;
    const { commit } = await this.funnel.write(repository, recordOf(access), async (snapshot) => {
      done = await this.repeated(access, { snapshot, repository, key: order.key }, work);
      if (done !== null) return null;
      const draft = this.draftOn({ objects: snapshot, tip: snapshot.tip }, access, repository);
      const value = await work(draft);
      await refuseTwins(draft.tree);
      await holdToLimits(draft.tree, access.wiki.limits, repository);
      done = order.dryRun === true ? { value, commit: null, diff: await draft.tree.diff() } : { value, commit: null };
      return order.dryRun === true ? null : this.commitOf(draft, order, value);
    });
    const { value, diff, commit: before } = done as unknown as Done<T>;
    return { value, commit: commit ?? before, ...(diff !== undefined && { diff }) };
  }

  /** What a write under this key came to when it happened: its work done again on what it was done on. */
  private async repeated<T>(
    access: Access,
    { snapshot, repository, key }: { snapshot: Snapshot; repository: Repository; key: string | undefined },
    work: Work<T>,
  ): Promise<Done<T> | null> {
    if (key === undefined) return null;
    const commit = await commitWithKey(repository, { tip: snapshot.tip, objects: snapshot, key });
    if (commit === null) return null;
    const [tip = null] = (await snapshot.commit(commit)).parents;
    return { value: await work(this.draftOn({ objects: snapshot, tip }, access, repository)), commit };
  }

  private draftOn(at: { objects: Objects; tip: Oid | null }, access: Access, repository: Repository): ChangeDraft {
    const tree = new ChangeTree(at.objects, at.tip);
    return new ChangeDraft({ access, repository, tree, catalogued: this.catalogued });
  }

  private async commitOf<T>(draft: ChangeDraft, order: Order<T>, value: T): Promise<Draft | null> {
    const { access, tree, moves } = draft;
    const edits = await tree.edits();
    if (edits.length === 0) return null;
    const { actor } = access;
    const trailers = { door: actor.door, agent: agentOf(actor), key: order.key, moves };
    return {
      edits,
      message: commitMessage(order.message, order.fallback(value), trailers),
      author: authorOf(actor, this.mailDomain),
      committer: committerOf(this.mailDomain),
    };
  }
}
