import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeEmbedding } from '../../../../libs/search/test/kit/embedding.js';
import { recordedSession, recordingFile, type RecordedSession } from '../../src/web/landing/recorded-session.js';
import { startApp, type TestApp } from '../kit/app.js';
import { playSession } from '../kit/play-session.js';

/** What is otherwise each time: ids of commits, times and days, and the last digits of scores. */
const stable = (session: RecordedSession): unknown =>
  JSON.parse(
    JSON.stringify({ ...session, recordedAt: '' })
      .replace(/\b[0-9a-f]{40}\b|\b[0-9a-f]{7,12}\b/g, 'id')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time')
      .replace(/\b0\.\d+/g, (score) => Number(score).toFixed(1)),
  );

describeEmbedding('the example of the landing page', { timeout: 120_000 }, () => {
  let app: TestApp;
  let played: RecordedSession;

  beforeAll(async () => {
    app = await startApp({ SEARCH_BY_MEANING: 'on' });
    played = await playSession(app);
    // RECORD=1 records it anew; what is compared is what was recorded.
    if (process.env.RECORD === '1') writeFileSync(recordingFile, `${JSON.stringify(played, null, 2)}\n`);
  }, 120_000);
  afterAll(() => app?.stop());

  it('is what happens', () => {
    expect(stable(played)).toEqual(stable(recordedSession()));
  });

  it('finds the page by its meaning, and loses neither the change of the person nor that of the agent', () => {
    const [found, read, edit, written] = recordedSession().steps;

    expect(found).toMatchObject({
      tool: 'search_notes',
      answer: expect.stringMatching(/\n1\. Questions\/Why does the radar read low/) as string,
    });
    expect(read).toMatchObject({
      page: { content: expect.stringContaining('The next test is to cut the weed.') as string },
    });
    expect(written).toMatchObject({ answer: expect.stringContaining('Merged') as string });
    const after = (written as { page: { content: string } }).page.content;
    expect(after).toContain((edit as { added: string }).added);
    expect(after).toContain('June 2027');
  });
});
