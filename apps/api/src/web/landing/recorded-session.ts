import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const isSource = import.meta.url.endsWith('.ts');
// Built, it is still the one that lies beside the demo.
const toApi = isSource ? '../../../' : '../../../../../../../apps/api/';

/** Where the recording lies. */
export const recordingFile = fileURLToPath(new URL(`${toApi}landing/session.json`, import.meta.url));

/** Who did something: a person, or an agent in the name of one. */
interface Doer {
  person: string;
  agent: string | null;
}

/** A tool that an agent called, and what it was answered. */
export interface RecordedCall {
  kind: 'call';
  by: Doer;
  tool: string;
  arguments: Record<string, string | number>;
  answer: string;
  /** The page that the answer holds; null when it holds none. */
  page: { path: string; content: string } | null;
  /** That page below its title as it looks, made by our renderer when it was recorded; null where it is not shown. */
  html: string | null;
}

/** What somebody changed in the browser. */
export interface RecordedEdit {
  kind: 'edit';
  by: Doer;
  path: string;
  message: string;
  removed: string;
  added: string;
}

/** What went on between an agent, a person and the demo wiki, as it was recorded. */
export interface RecordedSession {
  wiki: { name: string; pages: number };
  recordedAt: string;
  steps: (RecordedCall | RecordedEdit)[];
}

let known: RecordedSession | undefined;

/** The recording. */
export const recordedSession = (): RecordedSession =>
  (known ??= JSON.parse(readFileSync(recordingFile, 'utf8')) as RecordedSession);
