import { fieldOf } from '../form-field.js';
/** A page or section that a beginning may be completed to. */
export interface Suggestion {
  kind: 'page' | 'section';
  text: string;
  path: string;
  anchor: string | null;
}

/** Asks the wiki that a form belongs to. */
export class WikiClient {
  readonly path: string;
  private readonly base: string;
  private readonly token: string;

  constructor(form: HTMLFormElement) {
    this.base = `${form.dataset.editor ?? ''}/-`;
    this.path = form.dataset.path ?? '';
    this.token = fieldOf(form, 'form_token');
  }

  async suggest(beginning: string, signal: AbortSignal): Promise<Suggestion[]> {
    const answer = await fetch(`${this.base}/suggest?q=${encodeURIComponent(beginning)}`, { signal });
    return answer.ok ? ((await answer.json()) as { suggestions: Suggestion[] }).suggestions : [];
  }

  async preview(content: string): Promise<{ html: string | null }> {
    return this.sendJson('POST', 'preview', { content });
  }

  async keepDraft(content: string, revision: string): Promise<void> {
    await this.sendJson('PUT', 'draft', { content, revision: revision === '' ? null : revision });
  }

  async dropDraft(): Promise<void> {
    await this.sendJson('DELETE', 'draft', {});
  }

  /** Attaches a file to the page; says what it is called now. */
  async upload(file: File): Promise<{ filename: string; path: string; mime: string }> {
    const address = `${this.base}/upload/${this.encodedPath}?filename=${encodeURIComponent(allowedName(file.name))}`;
    const headers = { 'x-form-token': this.token, 'content-type': file.type || 'application/octet-stream' };
    return this.answered(await fetch(address, { method: 'POST', headers, body: file }));
  }

  private async sendJson<T>(method: string, kind: string, body: object): Promise<T> {
    const headers = { 'x-form-token': this.token, 'content-type': 'application/json' };
    const address = `${this.base}/${kind}/${this.encodedPath}`;
    return this.answered(await fetch(address, { method, headers, body: JSON.stringify(body) }));
  }

  private async answered<T>(answer: Response): Promise<T> {
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    return (await answer.json()) as T;
  }

  private get encodedPath(): string {
    return this.path.split('/').map(encodeURIComponent).join('/');
  }
}

/** Names of screenshots have colons in them, which no file of a wiki may have. */
const allowedName = (name: string): string => name.replace(/[<>:"|?*\\/\p{Cc}]/gu, '-').replace(/^[\s.]+|[\s.]+$/g, '');
