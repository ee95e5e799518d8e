import { edited, randomBlob } from './contents.js';
import { quoted } from './fast-import.js';
import { randomPath } from './names.js';
import type { Random } from './seeds.js';

interface File {
  mode: string;
  content: Buffer;
}

interface Branch {
  mark: number;
  files: Map<string, File>;
}

export interface Shape {
  commits: number;
  /** Several lines of history, merged with two and more parents, and across each other. */
  branches?: boolean;
  /** Symbolic links, submodules, names that are no UTF-8, empty folders. */
  foreign?: boolean;
  path?: (random: Random) => string;
}

const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** A history as `git fast-import` reads it; its last commit is `main`. */
export class RandomHistory {
  private readonly pieces: Buffer[] = [];
  private readonly made: Branch[] = [];
  private seconds = 1_600_000_000;

  constructor(
    private readonly random: Random,
    private readonly shape: Shape,
  ) {}

  stream(): Buffer {
    for (let mark = 1; mark <= this.shape.commits; mark += 1) this.commit(mark);
    return Buffer.concat(this.pieces);
  }

  private commit(mark: number): void {
    const isLast = mark === this.shape.commits;
    const [first, ...others] = this.parents(isLast);
    const files = new Map(first?.files);
    const ref = isLast || !this.shape.branches ? 'main' : `work-${mark}`;
    this.say(`commit refs/heads/${ref}\nmark :${mark}\n`);
    this.say(`author ${this.person()}\ncommitter ${this.person()}\n`);
    this.data(Buffer.from(this.message()));
    if (first !== undefined) this.say(`from :${first.mark}\n`);
    for (const other of others) this.say(`merge :${other.mark}\n`);
    for (const other of others)
      for (const [path, file] of other.files) if (this.random.once(2)) this.put(files, path, file);
    for (let i = 0; i <= this.random.below(5); i += 1) this.change(files);
    this.say('\n');
    this.made.push({ mark, files });
  }

  /** Recent commits; the last commit joins some, so that most of them are in the history of `main`. */
  private parents(isLast: boolean): Branch[] {
    if (this.made.length === 0) return [];
    if (!this.shape.branches) return this.made.slice(-1);
    // A second root now and then.
    if (!isLast && this.random.once(25)) return [];
    const recent = this.made.slice(-6);
    const count = isLast ? recent.length : this.random.once(3) ? 2 + this.random.below(3) : 1;
    return this.random.shuffled(recent).slice(0, count);
  }

  private change(files: Map<string, File>): void {
    const victim = files.size === 0 ? null : this.random.of([...files.keys()]);
    const kind = this.random.below(8);
    const known = victim === null ? undefined : files.get(victim);
    if (victim === null || known === undefined || kind < 3) return this.put(files, this.path(), this.file());
    if (kind === 3) {
      this.say(`D ${quoted(victim)}\n`);
      files.delete(victim);
    } else if (kind === 4) this.rename(files, victim, known);
    else this.put(files, victim, { ...known, content: Buffer.from(edited(this.random, known.content.toString())) });
  }

  private rename(files: Map<string, File>, from: string, file: File): void {
    this.say(`D ${quoted(from)}\n`);
    files.delete(from);
    const content = this.random.once(2) ? file.content : Buffer.from(edited(this.random, file.content.toString()));
    this.put(files, this.path(), { ...file, content });
  }

  private put(files: Map<string, File>, path: string, file: File): void {
    for (const other of files.keys()) {
      if (other.startsWith(`${path}/`) || path.startsWith(`${other}/`)) {
        this.say(`D ${quoted(other)}\n`);
        files.delete(other);
      }
    }
    files.set(path, file);
    if (file.mode === '160000' || file.mode === '040000') {
      this.say(`M ${file.mode} ${file.mode === '040000' ? emptyTree : 'c'.repeat(40)} ${quoted(path)}\n`);
      return;
    }
    this.say(`M ${file.mode} inline ${quoted(path)}\n`);
    this.data(file.content);
  }

  private file(): File {
    const kind = this.random.below(20);
    const content = randomBlob(this.random);
    if (kind === 0) return { mode: '100755', content };
    if (this.shape.foreign === true && kind === 1) return { mode: '120000', content: Buffer.from('../elsewhere') };
    if (this.shape.foreign === true && kind === 2) return { mode: '160000', content: Buffer.alloc(0) };
    return { mode: '100644', content };
  }

  private path(): string {
    if (this.shape.path !== undefined) return Buffer.from(this.shape.path(this.random)).toString('latin1');
    return randomPath(this.random, this.shape.foreign ?? false);
  }

  /** Time mostly goes on, sometimes stands still and sometimes runs backwards. */
  private person(): string {
    this.seconds += this.random.of([0, 0, 1, 60, 3_600, -500]);
    const zone = this.random.of(['+0000', '-0330', '+1245', '+0530']);
    return `${this.random.of(['Ann Äxample', '山田 太郎', 'x', 'O’Brien-Łuk'])} <${this.random.of(['a@b.org', 'ü@例え.jp', ''])}> ${this.seconds} ${zone}`;
  }

  private message(): string {
    const subject = this.random.of(['Change', 'Überschrift', '変更', '😀', ' spaced ', '\n\nlate subject', '']);
    return `${subject}${this.random.of(['', '\n', '\n\nbody\n\nmore\n', '\r\n\r\ncrlf\r\n', '\n\nKey: value\n', '\n\n\n'])}`;
  }

  private say(text: string): void {
    this.pieces.push(Buffer.from(text));
  }

  private data(bytes: Buffer): void {
    this.pieces.push(Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n'));
  }
}
