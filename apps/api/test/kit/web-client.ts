import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.ChildNode;

/** A page as a browser without script has it. */
export interface WebPage {
  status: number;
  url: string;
  headers: Headers;
  text: string;
  /** The elements of this name, in order. */
  all(name: string): Element[];
  /** What is read in the part of the page that is its own. */
  main: string;
}

/** A browser without script: it keeps cookies, follows redirects, and sends forms with what is in them. */
export class WebClient {
  private readonly cookies = new Map<string, string>();

  constructor(
    readonly origin: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  async open(path: string, headers: Record<string, string> = {}): Promise<WebPage> {
    return this.send(path, { headers });
  }

  /** Sends the form of a page whose action ends so, with some of its fields changed. */
  async submit(page: WebPage, action: string, fields: Record<string, string> = {}): Promise<WebPage> {
    const form = page.all('form').find((one) => attributeOf(one, 'action')?.split('?')[0]?.endsWith(action));
    if (form === undefined) throw new Error(`No form to ${action} on ${page.url}.`);
    const values = new URLSearchParams({ ...valuesOf(form), ...fields });
    const target = attributeOf(form, 'action') ?? '';
    if (attributeOf(form, 'method') !== 'post') return this.open(`${target}?${values}`);
    return this.post(target, values);
  }

  async post(path: string, values: URLSearchParams, headers: Record<string, string> = {}): Promise<WebPage> {
    const type = { 'content-type': 'application/x-www-form-urlencoded', origin: this.origin };
    return this.send(path, { method: 'POST', body: values.toString(), headers: { ...type, ...headers } });
  }

  /** Sends a form with files, as a browser does: the fields in their order, the files where their field stands. */
  async sendFiles(
    page: WebPage,
    action: string,
    files: Record<string, string | Uint8Array<ArrayBuffer>>,
    { fields = {}, headers = {} }: { fields?: Record<string, string>; headers?: Record<string, string> } = {},
  ): Promise<WebPage> {
    const form = page.all('form').find((one) => attributeOf(one, 'action') === action);
    if (form === undefined) throw new Error(`No form to ${action} on ${page.url}.`);
    const { file: _, ...values } = valuesOf(form);
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...values, ...fields })) body.append(name, value);
    for (const [name, bytes] of Object.entries(files)) body.append('file', new Blob([bytes]), name);
    return this.send(action, { method: 'POST', body, headers: { origin: this.origin, ...headers } });
  }

  /** Sends JSON as a script of a page does. */
  async put(path: string, body: object, formToken: string): Promise<WebPage> {
    const headers = { 'content-type': 'application/json', origin: this.origin, 'x-form-token': formToken };
    return this.send(path, { method: 'PUT', body: JSON.stringify(body), headers });
  }

  /** The names of the cookies it has. */
  get cookieNames(): string[] {
    return [...this.cookies.keys()];
  }

  /** The cookies as it sends them. */
  get cookieHeader(): string {
    return Array.from(this.cookies, ([name, value]) => `${name}=${value}`).join('; ');
  }

  private async send(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<WebPage> {
    const url = new URL(path, this.origin);
    const cookie = this.cookieHeader;
    const accept = 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8';
    const headers = { accept, ...this.headers, ...init.headers, ...(cookie !== '' && { cookie }) };
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) this.keep(line);
    const location = answer.headers.get('location');
    if (answer.status >= 300 && answer.status < 400 && location !== null) return this.open(new URL(location, url).href);
    return pageOf(answer, await answer.text(), url.href);
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';');
    const [name = '', value = ''] = pair.split('=');
    const isGone = value === '' || attributes.some((one) => /^\s*(?:max-age=0|expires=Thu, 01 Jan 1970)/i.test(one));
    if (isGone) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** An answer as a page. */
export function pageOf(answer: Response, text: string, url: string): WebPage {
  const elements = elementsIn(parse(text).childNodes);
  const all = (name: string) => elements.filter(({ tagName }) => tagName === name);
  const [main] = all('main');
  return { status: answer.status, url, headers: answer.headers, text, all, main: textOf(main) };
}

const elementsIn = (nodes: readonly Node[]): Element[] =>
  nodes.flatMap((node) => ('tagName' in node ? [node, ...elementsIn(node.childNodes)] : []));

/** An attribute of an element; null when it has none. */
export const attributeOf = (element: Element | undefined, name: string): string | null =>
  element?.attrs.find((one) => one.name === name)?.value ?? null;

/** What is read in an element. */
export const textOf = (element: Element | undefined): string =>
  (element?.childNodes ?? [])
    .map((node) => ('value' in node ? node.value : 'tagName' in node ? textOf(node) : ''))
    .join('');

/** What a browser would send of a form. */
export function valuesOf(form: Element): Record<string, string> {
  const values: Record<string, string> = {};
  for (const field of elementsIn(form.childNodes)) {
    const name = attributeOf(field, 'name');
    if (name === null) continue;
    const isChoice = /^(?:checkbox|radio)$/.test(attributeOf(field, 'type') ?? '');
    const isOff = isChoice && attributeOf(field, 'checked') === null;
    if (field.tagName === 'textarea') values[name] = textOf(field);
    else if (field.tagName === 'input' && !isOff) values[name] = attributeOf(field, 'value') ?? (isChoice ? 'on' : '');
  }
  return values;
}
