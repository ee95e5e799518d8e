import type { PageHistory } from '@lib/wiki';
import type { z } from 'zod';
import { changeAnswer } from '../pages/page-answers.js';
import type { blame, changelog, diff, history } from './history.schema.js';

type Changes = Awaited<ReturnType<PageHistory['changes']>>;
type Log = Awaited<ReturnType<PageHistory['log']>>;
type Diff = Awaited<ReturnType<PageHistory['diff']>>;
type Blame = Awaited<ReturnType<PageHistory['blame']>>;

export function changelogAnswer({ entries, next, behind }: Changes): z.infer<typeof changelog> {
  const told = entries.map((entry) => ({
    ...changeAnswer(entry),
    pages_affected: entry.pages,
    files_affected: entry.files,
  }));
  return { entries: told, total: told.length, next, behind };
}

export function historyAnswer(path: string, { changes, next }: Log): z.infer<typeof history> {
  return { path, history: changes.map((change) => ({ ...changeAnswer(change), path: change.path })), next };
}

export function diffAnswer(path: string, { from, to, diff: patch }: Diff): z.infer<typeof diff> {
  return { path, from, to, diff: patch };
}

export function blameAnswer(path: string, { revision, lines }: Blame): z.infer<typeof blame> {
  return { path, revision, lines: lines.map(lineAnswer) };
}

function lineAnswer({ author, pushedBy, date, ...line }: Blame['lines'][number]) {
  const by = { author: author.name, username: author.username, pushed_by: pushedBy };
  return { ...line, ...by, date: date.toISOString() };
}
