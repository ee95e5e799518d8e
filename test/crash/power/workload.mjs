// Writes to a new repository through the built git room, and says `acknowledged <commit>` after every write: what has
// been said must outlast a power cut from then on. It is run under strace, which records the order of what it did.
import { execFileSync } from 'node:child_process';
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';

const [, , room, root, scratch, door] = process.argv;
const { directRunner, Funnel, Maintenance, ReceivePack, Repositories } = await import(room);
const { ObjectBatch } = await import(join(dirname(room), 'object-batch.js'));
const record = { actor: 'somebody', door: 'rest', agent: null };
const somebody = { name: 'Somebody', email: 'somebody@example.org' };
const zero = '0'.repeat(40);

const funnel = new Funnel();
const repository = await new Repositories({ root }).create('00000000-0000-4000-8000-000000000001');
const say = (commit) => writeSync(1, `acknowledged ${commit}\n`);

async function write(files) {
  const edits = Object.entries(files).map(([path, text]) =>
    text === null ? { path, remove: true } : { path, content: Buffer.from(text) },
  );
  const draft = { edits, message: `Write ${Object.keys(files).length}`, author: somebody, committer: somebody };
  const { commit } = await funnel.write(repository, record, async () => draft);
  say(commit);
}

const many = (count, name) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${name}/${n}.md`, `${name} ${n}\n`]));

async function byFunnel() {
  await write({ 'Home.md': 'one\n' });
  await write({ 'A/B/C/Deep.md': 'deep\n', 'Home.md': 'two\n' });
  // Writers who meet in the queue ride in one round.
  await Promise.all(['x', 'y', 'z'].map((name) => write({ [`${name}.md`]: `${name}\n` })));
  // So many objects become a pack.
  await write(many(140, 'Many'));
  await write({ 'Home.md': null, 'A/Moved.md': 'two\n' });
  // What was there before is there again: its objects are not written a second time.
  await write({ 'Home.md': 'one\n', 'A/Moved.md': null });
  await writeWhatAnotherBegan();
}

/** Another process has written one of the objects, in a folder that is new, and has made neither name durable yet. */
async function writeWhatAnotherBegan() {
  const objects = join(repository.gitDir, 'objects');
  const batch = new ObjectBatch(repository.store);
  const blob = batch.add('blob', Buffer.from('begun elsewhere\n'));
  // Every other folder is there, or a new one would be reason enough to make the names of all of them durable.
  for (let n = 0; n < 256; n += 1) {
    const name = n.toString(16).padStart(2, '0');
    if (name !== blob.slice(0, 2)) mkdirSync(join(objects, name), { recursive: true });
  }
  const folder = openSync(objects, 'r');
  fsyncSync(folder);
  closeSync(folder);
  await batch.flush();
  await write({ 'Begun.md': 'begun elsewhere\n' });
}

const git = (...args) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'safe.directory=*', ...args], {
    cwd: scratch,
    env: { PATH: process.env.PATH, HOME: scratch, GIT_CONFIG_NOSYSTEM: '1' },
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 28,
  });

const packet = (text) => `${(text.length + 4).toString(16).padStart(4, '0')}${text}`;

/** What `git push` sends: the command, and a pack of what is new. */
async function push(receivePack, files) {
  const before = await repository.tip();
  git('fetch', '-q', repository.gitDir, 'main');
  git('read-tree', 'FETCH_HEAD');
  for (const [path, text] of Object.entries(files)) {
    const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: scratch, input: text }).toString().trim();
    git('update-index', '--add', '--cacheinfo', `100644,${blob},${path}`);
  }
  const tree = git('write-tree').toString().trim();
  const after = git('commit-tree', tree, '-p', before, '-m', 'Push').toString().trim();
  const revisions = `${after}\n^${before}\n`;
  const pack = execFileSync('git', ['pack-objects', '--revs', '--stdout', '-q'], { cwd: scratch, input: revisions });
  await send(receivePack, before, after, pack);
}

async function send(receivePack, before, after, pack) {
  const command = packet(`${before ?? zero} ${after} refs/heads/main\0report-status`);
  const body = Readable.from([Buffer.concat([Buffer.from(`${command}0000`), pack])]);
  const out = new PassThrough();
  const { signal } = new AbortController();
  const wanted = { body, record: { ...record, door: 'git' }, policy: async () => [], maxBytes: 1 << 26, signal };
  await receivePack.receive(repository, wanted, out);
  if ((await repository.tip()) !== after) throw new Error(`not taken: ${out.read()}`);
  say(after);
}

async function byPush() {
  const runner = directRunner();
  const receivePack = new ReceivePack(runner, funnel);
  git('init', '-q', '-b', 'main');
  await write({ 'Home.md': 'one\n' });
  await push(receivePack, { 'Pushed.md': 'pushed\n' });
  await push(receivePack, { 'Pushed.md': 'pushed again\n', 'Folder/Second.md': 'second\n'.repeat(5_000) });
  await write({ 'Home.md': 'two\n' });
  await push(receivePack, many(30, 'Pushed'));
  await pushWhatAnotherBegan(receivePack);
  await runner.close();
}

/** A commit that another process wrote and did not move `main` to: a push to it brings nothing of its own. */
async function pushWhatAnotherBegan(receivePack) {
  const before = await repository.tip();
  const { tree } = await repository.commit(before);
  const batch = new ObjectBatch(repository.store);
  const someone = 'A <a@example.org> 1700000000 +0000';
  const text = `tree ${tree}\nparent ${before}\nauthor ${someone}\ncommitter ${someone}\n\nBegun\n`;
  const after = batch.add('commit', Buffer.from(text));
  await batch.flush();
  await send(receivePack, before, after, execFileSync('git', ['pack-objects', '--stdout', '-q'], { input: '' }));
}

/** What is packed is removed where it was; many packs become one. */
async function byTidying() {
  const runner = directRunner();
  const maintenance = new Maintenance(runner);
  const tidy = async (options) => {
    const { did } = await maintenance.tidy(repository, options);
    if (did !== 'packed') throw new Error(`Tidying did ${did}.`);
  };
  await write({ 'Home.md': 'one\n', 'A/B.md': 'b\n' });
  await write({ 'Home.md': 'two\n' });
  await tidy({ force: true });
  await write({ 'Home.md': 'three\n' });
  await tidy({ force: true });
  for (let n = 0; n < 8; n += 1) {
    await write({ 'Home.md': `${n}\n` });
    await runner.run({ gitDir: repository.gitDir, args: ['repack', '-q'], timeoutMs: 60_000 });
  }
  await tidy({});
  await write({ 'Home.md': 'two\n' });
  await runner.close();
}

await { funnel: byFunnel, push: byPush, tidying: byTidying }[door]();
process.stderr.write(join(root, 'done'));
