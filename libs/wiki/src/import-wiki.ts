import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Access, WikiId, WikiLimits } from '@lib/acl';
import { Funnel, Repositories, type GitRunner, type Oid, type Repository } from '@lib/git';
import { authorOf, committerOf, recordOf } from './attribution.js';
import { commitMessage } from './commit-message.js';
import { readTar, readZip } from './import-archives.js';
import { FileBasket, type ImportFile } from './import-files.js';
import { readFolder } from './import-folder.js';
import { hasHistory, takeHistory, type HistorySource } from './import-history.js';
import { judgeFiles } from './import-judgement.js';
import { importRefused } from './import-refusal.js';
import { reportOn, type ImportReport, type LookedAt, type Taken } from './import-report.js';
import type { ImportSource } from './import-source.js';
import { lastFiles, writeSteps } from './import-steps.js';
import type { LinkOrder } from '@lib/markdown';
import { PushRules } from './push-rules.js';

/** How far an import is. */
export interface ImportProgress {
  step: 'fetching' | 'reading' | 'checking' | 'writing';
  done?: number;
  total?: number;
}

/** How to import. */
export interface ImportOptions {
  /** Of a source without history: only what is in this folder, taken from its root. */
  below?: string;
  /** How piped links are written; detected when not given. */
  linkOrder?: LinkOrder;
  /** Of a source without history: takes the files out of the one folder in which all of them are, if there is one. */
  unwrap?: boolean;
  onProgress?: (progress: ImportProgress) => void;
  signal?: AbortSignal;
}

interface Options {
  repositories: Repositories;
  funnel: Funnel;
  runner: GitRunner;
  settings: { set(wiki: WikiId, settings: { linkOrder: LinkOrder }): Promise<void> };
  mailDomain: string;
}

type FileSource = Exclude<ImportSource, HistorySource>;

// Held in memory until they are committed.
const totalBytes = 512 << 20;
const mostFiles = 100_000;
const scratchId = '00000000-0000-4000-8000-000000000000';

/** Brings a wiki from elsewhere, with its history where it has one. */
export class WikiImport {
  private readonly given: Options;
  private readonly rules: PushRules;

  constructor(options: Options) {
    this.given = options;
    this.rules = new PushRules(options);
  }

  /** What an import would bring; throws what would refuse it. Nothing is kept. */
  async look(source: ImportSource, limits: WikiLimits, options: ImportOptions = {}): Promise<ImportReport> {
    if (!hasHistory(source)) {
      const { files, taken } = await this.readFiles(source, limits, options);
      const oddNames = judgeFiles(files, limits);
      return report(filesLookedAt(files, { oddNames, commits: commitsOf(source), taken }), options);
    }
    const root = await mkdtemp(join(tmpdir(), 'wikibot-look-'));
    const scratch = new Repositories({ root });
    try {
      const repository = await scratch.create(scratchId);
      const { lookedAt } = await this.takeJudged(source, repository, { limits, ...options });
      return await report(lookedAt, options);
    } finally {
      await scratch.close();
      await rm(root, { recursive: true, force: true });
    }
  }

  /** Fetches a repository into a folder of its own, to be looked at and imported from there; gives its place. */
  async fetch(source: HistorySource, folder: string, { signal }: Pick<ImportOptions, 'signal'> = {}): Promise<string> {
    const scratch = new Repositories({ root: folder });
    try {
      const repository = await scratch.create(scratchId);
      const tip = await takeHistory(source, { repository, runner: this.given.runner, signal });
      // Nobody follows what happens in it.
      await new Funnel().move(repository, { actor: '', door: 'import', agent: null }, null, tip);
      return repository.gitDir;
    } finally {
      await scratch.close();
    }
  }

  /** Fills a new wiki, whose repository is empty; what is refused leaves it empty. */
  async into(
    access: Access<'page.write'>,
    source: ImportSource,
    options: ImportOptions = {},
  ): Promise<ImportReport & { commit: Oid }> {
    const { repositories, settings } = this.given;
    const repository = await repositories.open(access.wiki.id);
    if ((await repository.tip()) !== null) {
      throw importRefused(['The wiki has pages already. Import into a new one.']);
    }
    const { limits } = access.wiki;
    const prepared = hasHistory(source)
      ? await this.prepareHistory(access, source, repository, { limits, ...options })
      : await this.prepareFiles(access, source, repository, options);
    const found = await report(prepared.lookedAt, options);
    // Before the move, so that the catalogue reads links the right way round at once.
    const linkOrder = options.linkOrder ?? found.detectedLinkOrder;
    if (linkOrder !== null) await settings.set(access.wiki.id, { linkOrder });
    return { ...found, commit: await prepared.move() };
  }

  private async prepareHistory(
    access: Access,
    source: HistorySource,
    repository: Repository,
    options: ImportOptions & { limits: WikiLimits },
  ) {
    const { tip, lookedAt } = await this.takeJudged(source, repository, options);
    const move = async () => {
      options.onProgress?.({ step: 'writing' });
      await this.given.funnel.move(repository, { ...recordOf(access), door: 'import' }, null, tip);
      return tip;
    };
    return { lookedAt, move };
  }

  private async prepareFiles(access: Access, source: FileSource, repository: Repository, options: ImportOptions) {
    const { files, taken } = await this.readFiles(source, access.wiki.limits, options);
    const oddNames = judgeFiles(files, access.wiki.limits);
    const lookedAt = filesLookedAt(files, { oddNames, commits: commitsOf(source), taken });
    const { onProgress } = options;
    if (source.kind === 'steps') {
      return { lookedAt, move: () => writeSteps(repository, source.steps, { ...this.given, onProgress }) };
    }
    return { lookedAt, move: () => this.writeFiles(access, files, repository, options) };
  }

  private async writeFiles(
    access: Access,
    files: ImportFile[],
    repository: Repository,
    { onProgress }: ImportOptions,
  ): Promise<Oid> {
    onProgress?.({ step: 'writing' });
    const { funnel, mailDomain } = this.given;
    const record = { ...recordOf(access), door: 'import' };
    const message = commitMessage(`Import: ${files.length} files`, '', { door: 'import', agent: record.agent });
    const edits = files.map(({ path, bytes }) => ({ path, content: bytes }));
    const people = { author: authorOf(access.actor, mailDomain), committer: committerOf(mailDomain) };
    const { commit } = await funnel.write(repository, record, async ({ tip }) => {
      if (tip !== null) throw importRefused(['The wiki was begun by somebody else meanwhile.']);
      return { edits, message, ...people };
    });
    return commit ?? '';
  }

  /** Takes a history in and holds its newest state to the rules of a push; what is older stays as it is. */
  private async takeJudged(
    source: HistorySource,
    repository: Repository,
    { limits, onProgress, signal }: ImportOptions & { limits: WikiLimits },
  ): Promise<{ tip: Oid; lookedAt: LookedAt }> {
    onProgress?.({ step: 'reading' });
    const tip = await takeHistory(source, { repository, runner: this.given.runner, signal });
    const verdict = await this.rules.judge({ before: null, after: tip, objects: repository }, repository, limits);
    if (verdict.refusals.length > 0) throw importRefused(verdict.refusals);
    let commits = 0;
    for await (const _ of repository.log(tip)) commits += 1;
    const items = await repository.walk(tip);
    const files = items.map(({ path, oid }) => ({ path, read: () => repository.blob(oid) }));
    return { tip, lookedAt: { files, oddNames: verdict.odd, commits } };
  }

  private async readFiles(
    source: FileSource,
    { pageBytes, fileBytes }: WikiLimits,
    { below, unwrap = false, onProgress, signal }: ImportOptions,
  ): Promise<{ files: ImportFile[]; taken: Taken }> {
    onProgress?.({ step: 'reading' });
    const basket = new FileBasket({ pageBytes, fileBytes, totalBytes, files: mostFiles }, below, signal);
    if (source.kind === 'steps') basket.files.push(...lastFiles(source.steps));
    else if (source.kind === 'folder') await readFolder(source.folder, basket);
    else if (source.kind === 'tar') await readTar(source.file, source.gzip, basket);
    else await readZip(source.file, basket);
    if (basket.files.length === 0) throw importRefused(['There are no files to import.']);
    const { files, leftOut, hasHistory: isRepository } = basket;
    const folder = unwrap ? basket.withoutWrapping() : null;
    return { files, taken: { leftOut, hasHistory: isRepository, folder } };
  }
}

const filesLookedAt = (files: ImportFile[], more: Omit<LookedAt, 'files'>): LookedAt => ({
  files: files.map(({ path, bytes }) => ({ path, read: async () => bytes })),
  ...more,
});

const commitsOf = (source: FileSource): number => (source.kind === 'steps' ? source.steps.length : 1);

function report(lookedAt: LookedAt, { linkOrder, onProgress, signal }: ImportOptions): Promise<ImportReport> {
  const onPage = (done: number, total: number) => {
    signal?.throwIfAborted();
    onProgress?.({ step: 'checking', done, total });
  };
  return reportOn({ ...lookedAt, onPage, ...(linkOrder !== undefined && { linkOrder }) });
}
