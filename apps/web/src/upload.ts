/** What is said of uploads; `{}` is the name of the file. */
export interface UploadTexts {
  cancel: string;
  waiting: string;
  sending: string;
  done: string;
  failed: string;
  cancelled: string;
  tooLarge: string;
  refused: string;
  lost: string;
  again: string;
}

interface Answer {
  files?: { fault: string | null }[];
  /** Where to go on, if there is such a place. */
  location?: string;
}

/** A text with the name of a file in its place. */
const fill = (text: string, name: string): string => text.replace('{}', () => name);

/** Where a form shows the files on their way, and says what becomes of them. */
export function progressBelow(form: HTMLFormElement): {
  list: HTMLUListElement;
  say: (text: string, name: string) => void;
} {
  const list = document.createElement('ul');
  list.className = 'files-progress';
  const said = document.createElement('p');
  said.className = 'site-hidden';
  said.setAttribute('role', 'status');
  form.append(list, said);
  return { list, say: (text, name) => (said.textContent = fill(text, name)) };
}

/** One file on its way, with the row that shows it. */
export class Upload {
  readonly row = document.createElement('li');
  /** Where the server says to go on. */
  leadsTo: string | null = null;
  private readonly state = document.createElement('span');
  private readonly bar = document.createElement('progress');
  private readonly cancel = document.createElement('button');
  private request: XMLHttpRequest | null = null;
  private isCancelled = false;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly file: File,
    private readonly texts: UploadTexts,
    private readonly say: (text: string, name: string) => void,
  ) {
    const name = document.createElement('span');
    name.textContent = `${file.name} `;
    this.state.className = 'site-soft';
    this.state.textContent = texts.waiting;
    this.bar.max = 1;
    this.bar.value = 0;
    this.bar.setAttribute('aria-label', file.name);
    this.cancel.type = 'button';
    this.cancel.className = 'site-button';
    this.cancel.textContent = texts.cancel;
    this.cancel.setAttribute('aria-label', `${texts.cancel}: ${file.name}`);
    this.cancel.addEventListener('click', () => this.abort());
    name.append(this.state);
    this.row.append(name, this.cancel, this.bar);
  }

  /** Sends the file; what went wrong stands in the row. */
  async send(): Promise<'done' | 'failed' | 'cancelled'> {
    if (this.isCancelled) return 'cancelled';
    if (this.file.size > Number(this.form.dataset.limit ?? Infinity)) return this.failed(this.texts.tooLarge);
    this.say(this.texts.sending, this.file.name);
    const { status, answer } = await this.sent();
    if (this.isCancelled) return 'cancelled';
    const fault = answer.files?.find((one) => one.fault !== null)?.fault ?? null;
    if (status === 0) return this.failed(this.texts.lost);
    if (fault !== null || status >= 400) return this.failed(fault ?? fill(this.texts.refused, `${status}`));
    this.leadsTo = answer.location ?? null;
    this.bar.value = 1;
    this.end(this.texts.done);
    return 'done';
  }

  private sent(): Promise<{ status: number; answer: Answer }> {
    const request = new XMLHttpRequest();
    this.request = request;
    const body = new FormData();
    // The fields come first: the server takes no file before it knows from where the form is.
    for (const [name, value] of new FormData(this.form)) if (typeof value === 'string') body.append(name, value);
    body.append('file', this.file);
    request.upload.addEventListener('progress', ({ loaded, total }) => this.moved(loaded / Math.max(total, 1)));
    request.responseType = 'json';
    request.open('POST', this.form.action);
    request.setRequestHeader('accept', 'application/json');
    return new Promise((resolve) => {
      request.addEventListener('loadend', () => {
        resolve({ status: request.status, answer: (request.response as Answer | null) ?? {} });
      });
      request.send(body);
    });
  }

  private moved(part: number): void {
    this.bar.value = part;
    this.state.textContent = `${Math.round(100 * part)} %`;
  }

  private abort(): void {
    this.isCancelled = true;
    this.request?.abort();
    this.end(this.texts.cancelled);
  }

  private failed(reason: string): 'failed' {
    const fault = document.createElement('span');
    fault.className = 'site-fault';
    fault.textContent = reason;
    this.row.append(fault);
    this.end(this.texts.failed);
    return 'failed';
  }

  private end(text: string): void {
    this.cancel.remove();
    this.bar.remove();
    this.state.textContent = '';
    this.row.firstElementChild?.replaceChildren(fill(text, this.file.name));
    this.say(text, this.file.name);
  }
}
