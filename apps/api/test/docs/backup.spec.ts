import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pagesInReadingOrder, textOf } from './pages.js';
import { hasCurl, Reader } from './reader.js';
import { answerFaults } from './shown-answers.js';

/** The embedded database is copied with the rest, so this server has one, and is stopped while it is copied. */
describe.skipIf(!hasCurl)('what the pages say about copies of the data', { timeout: 300_000 }, () => {
  let reader: Reader;
  const section = textOf('docs/operating.md', 'Back up');
  const fences = pagesInReadingOrder()
    .flatMap((page) => page.fences)
    .filter(({ page, text }) => page === 'docs/operating.md' && section.includes(text));
  const fence = (begins: RegExp) => {
    const found = fences.find(({ text }) => begins.test(text));
    return (found?.text ?? '').replaceAll('/srv/backup', join(reader.home, 'backup'));
  };
  const does = async (text: string) => {
    const { code, output, errors } = await reader.run(text);
    expect(code, `${text}\n${output}\n${errors}`).toBe(0);
    return output;
  };

  beforeAll(async () => {
    reader = await Reader.create({ SEARCH_BY_MEANING: 'off' });
    await reader.turnPage();
    await does(`mkdir ${join(reader.home, 'backup')}`);
    await does('echo "correct horse battery" | npm run --silent wikibot -- user add alice --password-stdin');
    await does('npm run --silent wikibot -- wiki create @alice/notes');
  });
  afterAll(() => reader?.leave());

  it('a copy that was taken while it was stopped is the whole of it again', async () => {
    await does(`test ! -e data/db/postmaster.pid`);
    await does(fence(/^cp -a data/));
    await rm(join(reader.folder, 'data/repositories'), { recursive: true });

    await does(fence(/^mv data/));
    const looked = await does(fence(/doctor --deep/));
    const wikis = await does('npm run --silent wikibot -- wiki list');
    const started = await reader.serve(fence(/^npm start/), /listening on \S+\)/);

    const answer = fences.find(({ words }) => words.includes('answer'));
    expect(answerFaults(answer?.text ?? '…', 'text', looked)).toEqual([]);
    expect(wikis).toContain('@alice/notes');
    expect(started.code, started.output).toBe(0);
    expect(started.output).not.toContain('There is no account yet');
  });

  it('every wiki goes into a file of its own, and a wiki is made of such a file', async () => {
    await does(fence(/^mkdir -p backup/));

    const made = await does('npm run --silent wikibot -- import backup/_alice_notes.bundle --as @alice/again');

    expect(made).toContain('3 pages');
  });
});
