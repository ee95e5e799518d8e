import { readFileSync } from 'node:fs';
import { it } from 'vitest';
import { KeywordsCatalogue } from './keywords-catalogue.js';
const dir = '/work/shared/data/cisi/';
function docs() {
  return readFileSync(dir + 'CISI.ALL', 'latin1').split(/^\.I /m).slice(1).map((d) => {
    const id = d.split('\n')[0]!.trim();
    const t = /^\.T\n([^]*?)(?=^\.[A-Z]\n)/m.exec(d)?.[1]?.replace(/\s+/g, ' ').trim() ?? '';
    const w = /^\.W\n([^]*?)(?=^\.[A-Z]\n)/m.exec(d)?.[1] ?? '';
    return { id, t, w };
  });
}
it('cisi', async () => {
  const c = await KeywordsCatalogue.open();
  const wiki = c.newWiki();
  const pages: Record<string, string> = {};
  for (const { id, t, w } of docs()) pages[`d${id}`] = `---\ntitle: ${JSON.stringify(t)}\n---\n${w}`;
  await wiki.write(pages);
  const rel = new Map<string, Set<string>>();
  for (const l of readFileSync(dir + 'CISI.REL', 'latin1').split('\n')) { const [q, d] = l.trim().split(/\s+/); if (q && d) { if (!rel.has(q)) rel.set(q, new Set()); rel.get(q)!.add('d' + d); } }
  const qs = readFileSync(dir + 'CISI.QRY', 'latin1').split(/^\.I /m).slice(1).map((d) => ({ id: d.split('\n')[0]!.trim(), q: (/^\.W\n([^]*?)(?=^\.[A-Z]\n|$(?![^]))/m.exec(d)?.[1] ?? '').replace(/\s+/g, ' ').trim() }));
  let n = 0, nd = 0, mrr = 0; const times: number[] = [];
  for (const { id, q } of qs) {
    const r = rel.get(id); if (!r) continue;
    const t = performance.now();
    const p = (await wiki.find(q.slice(0, 1000), { limit: 10 })).results.map((x) => x.path);
    times.push(performance.now() - t);
    n++; let dcg = 0, idcg = 0, rr = 0;
    p.forEach((x, i) => { if (r.has(x)) { dcg += 1 / Math.log2(i + 2); if (!rr) rr = 1 / (i + 1); } });
    for (let i = 0; i < Math.min(10, r.size); i++) idcg += 1 / Math.log2(i + 2);
    nd += dcg / idcg; mrr += rr;
  }
  times.sort((a, b) => a - b);
  console.log('CISI', n, 'ndcg', nd / n, 'mrr', mrr / n, 'p50', times[times.length >> 1], 'max', times.at(-1));
  await c.database.destroy();
}, 600000);

it('speed', async () => {
  const c = await KeywordsCatalogue.open();
  const wiki = c.newWiki();
  let seed = 7; const rnd = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
  const N = Number(process.env.PAGES ?? 2000);
  const vocab = Array.from({ length: 30000 }, (_, i) => { let w = ''; let n = i + 27; while (n > 0) { w += 'etaoinshrdlucmfwygpbvkxjqz'[n % 26]; n = Math.floor(n / 26); } return w + ['', 'er', 'ing', 'ion', 'a'][i % 5]; });
  const zipf = () => Math.floor(Math.exp(rnd() * Math.log(30000))) - 1;
  let t = performance.now();
  for (let b = 0; b < N; b += 500) {
    const pages: Record<string, string> = {};
    for (let i = b; i < b + 500; i++) {
      let body = `# ${vocab[zipf() % 30000]} ${vocab[i % 30000]}\n\n`;
      for (let j = 0; j < 800; j++) body += vocab[Math.max(0, zipf())] + (j % 100 === 99 ? '\n\n## ' + vocab[zipf()] + '\n\n' : ' ');
      pages[`Folder${i % 20}/Page ${i}`] = body;
    }
    await wiki.write(pages);
  }
  console.log('indexed', N, performance.now() - t);
  console.log(JSON.stringify(await c.database.query(`select pg_total_relation_size('keyword_pages')/1e6 pages, pg_relation_size('keyword_pages')/1e6 heap, pg_relation_size('keyword_pages_tsv')/1e6 gin, pg_total_relation_size('keyword_words')/1e6 words, (select count(*) from keyword_words) n, (select avg(pg_column_size(tsv)) from keyword_pages) tsv`)));
  const time = async (label: string, make: () => string, n = 40) => {
    const ts: number[] = []; let tot = 0;
    for (let i = 0; i < n; i++) { const q = make(); const t = performance.now(); tot += (await wiki.find(q, { limit: 20 })).total; ts.push(performance.now() - t); }
    ts.sort((a, b) => a - b);
    console.log(label, 'p50', ts[n >> 1]!.toFixed(1), 'p95', ts[Math.floor(n * 0.95)]!.toFixed(1), 'max', ts.at(-1)!.toFixed(1), 'total', tot / n);
  };
  const any = () => vocab[50 + Math.floor(rnd() * 3000)]!;
  const round = async () => {
  await time('1 word', any);
  await time('2 words', () => `${any()} ${any()}`);
  await time('3 words', () => `${any()} ${any()} ${any()}`);
  await time('8 words', () => Array.from({ length: 8 }, any).join(' '));
  await time('20 words', () => Array.from({ length: 20 }, any).join(' '));
  await time('1 common', () => vocab[Math.floor(rnd() * 10)]!);
  await time('2 common', () => `${vocab[Math.floor(rnd() * 10)]} ${vocab[Math.floor(rnd() * 10)]}`);
  await time('prefix', () => any().slice(0, 3) );
  await time('phrase', () => `"${vocab[Math.floor(rnd() * 10)]} ${vocab[Math.floor(rnd() * 10)]}"`);
  await time('typo', () => any() + 'q ');
  };
  if (process.env.PROBE) {
    const sql: { q: string; p: unknown[]; ms: number }[] = [];
    const man = c.database.manager; const orig = man.query.bind(man);
    (man as any).query = async (q: string, p: unknown[]) => { const t = performance.now(); const r = await orig(q, p); sql.push({ q, p, ms: performance.now() - t }); return r; };
    for (const q of [vocab[100]!, `${vocab[100]} ${vocab[300]}`, vocab[2]!, `"${vocab[2]} ${vocab[5]}"`]) for (let k = 0; k < 3; k++) {
      sql.length = 0; const t = performance.now(); await wiki.find(q); const all = performance.now() - t;
      console.log(q, 'all', all.toFixed(1), 'sql', sql.map((x) => x.ms.toFixed(1)).join(' '));
      if (k === 2) { const r = sql.at(-1)!; console.log((await orig('EXPLAIN (ANALYZE, BUFFERS) ' + r.q, r.p)).map((x: any) => x['QUERY PLAN']).join('\n')); }
    }
    await c.database.destroy(); return;
  }
  await round();
  await c.database.query('ANALYZE'); console.log('analyzed'); await round();
  t = performance.now();
  for (let i = 0; i < 20; i++) await wiki.write({ [`Folder0/Page ${i * 20}`]: `# ${any()}\n\n` + Array.from({ length: 800 }, () => vocab[Math.max(0, zipf())]).join(' ') });
  console.log('update', (performance.now() - t) / 20);
  await c.database.destroy();
}, 600000);
