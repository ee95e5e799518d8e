import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document } from 'yaml';
import { deceptiveCharacter } from './name-characters.js';
import { storable } from './storable-text.js';

const limits = { bytes: 16 * 1024, depth: 16, aliases: 50 } as const;
const tooDeep = `The frontmatter is nested deeper than ${limits.depth} levels.`;

type Mapping = { data: Record<string, unknown>; order: string[] };

/** What a block of frontmatter holds, or why it does not; `problem` is null for a block that is merely empty. */
export type YamlReading = Mapping | { problem: string | null };

/** Reads one block of YAML by the core schema: no tags of languages, no dates, no code. */
export function readYaml(written: string): YamlReading {
  if (Buffer.byteLength(written) > limits.bytes) return { problem: 'The frontmatter is longer than 16 KB.' };
  // YAML knows the line breaks of old Macs, the parser does not; the length stays.
  const raw = written.replace(/\r(?!\n)/g, '\n');
  try {
    if (raw.includes('\0')) return { problem: 'The frontmatter is not valid YAML: it contains a NUL character.' };
    return readDocument(parseFrontmatterYaml(raw), raw);
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/** The YAML document of a block, with the positions of its parts. */
function parseFrontmatterYaml(raw: string): Document.Parsed {
  return parseDocument(raw, {
    schema: 'core',
    resolveKnownTags: false,
    uniqueKeys: false,
    intAsBigInt: true,
    keepSourceTokens: true,
    prettyErrors: false,
  });
}

function readDocument(document: Document.Parsed, raw: string): YamlReading {
  const [error] = document.errors;
  if (error !== undefined) return { problem: notValid(error, raw) };
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null))
    return { problem: null };
  if (!isMap(document.contents)) return { problem: 'The frontmatter is not a list of keys with values.' };
  const data = new PlainReader(document).value(document.contents, 0) as Record<string, unknown>;
  const order = new Set(document.contents.items.map((pair) => keyText(pair.key)));
  return order.size === 0 ? { problem: null } : { data, order: [...order] };
}

/** What may not be read further; the message is the problem. */
class Unreadable extends Error {}

/** Turns YAML nodes into plain values, counting what an attacker would multiply. */
class PlainReader {
  private aliases = 0;

  private readonly document: Document.Parsed;

  constructor(document: Document.Parsed) {
    this.document = document;
  }

  value(node: unknown, depth: number): unknown {
    if (depth > limits.depth) throw new Unreadable(tooDeep);
    if (isAlias(node)) return this.value(this.resolve(node), depth + 1);
    if (isScalar(node)) return plainScalar(node.value, node.source);
    if (isSeq(node)) return node.items.map((item) => this.value(item, depth + 1));
    if (!isMap(node)) return null;
    // Without a prototype, `__proto__` and `constructor` are keys like any other.
    const object = Object.create(null) as Record<string, unknown>;
    for (const pair of node.items) object[keyText(pair.key)] = this.value(pair.value, depth + 1);
    return object;
  }

  private resolve(alias: { resolve(document: Document): unknown }): unknown {
    if (++this.aliases > limits.aliases) throw new Unreadable('The frontmatter uses more than 50 aliases.');
    const node = alias.resolve(this.document);
    if (node === undefined) throw new Unreadable('The frontmatter uses an alias that nothing is named by.');
    return node;
  }
}

function plainScalar(value: unknown, source: string | undefined): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : (source ?? value.toString());
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return source ?? String(value);
  return typeof value === 'string' ? storable(value) : (value ?? null);
}

/** The name of a key; numbers, dates and the like are named as they are written. */
function keyText(key: unknown): string {
  if (isScalar(key)) return storable(typeof key.value === 'string' ? key.value : (key.source ?? ''));
  if (isAlias(key)) return `*${key.source}`;
  return key === null || key === undefined ? '' : storable(JSON.stringify(key));
}

function notValid(error: { message: string; pos: [number, number] }, raw: string): string {
  // The first line of the page is the opening `---`.
  const line = raw.slice(0, error.pos[0]).split('\n').length + 1;
  if (error.message.includes('call stack')) return tooDeep;
  const [said = ''] = error.message.split('\n', 1);
  const why = deceptiveCharacter(said) === null ? said.slice(0, 200) : 'it contains characters YAML does not allow';
  return `The frontmatter is not valid YAML (line ${line}): ${why}.`;
}

function problemOf(error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  if (error instanceof RangeError) return tooDeep;
  return 'The frontmatter is not valid YAML.';
}
