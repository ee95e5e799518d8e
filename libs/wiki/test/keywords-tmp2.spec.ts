import { it } from 'vitest';
import { indexedWords, cutWords } from '../src/keyword-words.js';
import { keywordRow } from '../src/keyword-vector.js';
import { englishStem } from '../src/keyword-stems.js';
import { readFileSync } from 'node:fs';
it('x', () => {
  const text = readFileSync('/work/shared/data/cisi/CISI.ALL', 'latin1').slice(0, 1_000_000);
  for (let k = 0; k < 3; k++) {
    let t = process.cpuUsage().user; let n = 0; for (const _ of cutWords(text)) n++; console.log('cut', n, (process.cpuUsage().user - t) / 1000);
    const ws = [...cutWords(text)].map((w) => w.text.toLowerCase());
    t = process.cpuUsage().user; for (const w of ws) englishStem(w); console.log('stem', (process.cpuUsage().user - t) / 1000);
    t = process.cpuUsage().user; n = 0; for (const _ of indexedWords(text)) n++; console.log('indexed', n, (process.cpuUsage().user - t) / 1000);
    t = process.cpuUsage().user; keywordRow({ path: 'x', title: 't', aliases: [], headings: [], body: text }); console.log('row', (process.cpuUsage().user - t) / 1000);
    t = process.cpuUsage().user; n = 0; for (const _ of text.matchAll(/(?:[a-z0-9]|[^\x00-\x7f])+/gi)) n++; console.log('plain regex', n, (process.cpuUsage().user - t) / 1000);
  }
});
