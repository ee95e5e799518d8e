import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RestClient } from '../../apps/api/test/kit/rest-client.js';
import { told } from './kit/answers.js';
import { type Fleet, processes } from './kit/site.js';

describe('the one free wiki of a person, asked for at four servers at once', () => {
  let fleet: Fleet;
  let everywhere: RestClient[];
  beforeAll(async () => {
    fleet = await processes(4, { BILLING: 'on' });
    const token = await fleet.addUser('alice');
    everywhere = [...fleet.urls, ...fleet.urls].map((url) => new RestClient(url, token).under('/api/v1'));
  }, 300_000);
  afterAll(() => fleet?.close());

  it('is one', async () => {
    const answers = await Promise.all(
      everywhere.map((rest, at) => rest.post('/wikis', { slug: `free-${at}`, name: 'Free' })),
    );
    const [made, ...others] = told(answers);
    expect(made).toBe('201');
    expect(new Set(others)).toEqual(new Set(['403 limit-reached']));
    expect((await everywhere[1]?.get('/wikis'))?.body.total).toBe(1);
  });

  it('is one also where the deleted one comes back while another is made', async () => {
    const mine = async () => (await everywhere[0]?.get('/wikis'))?.body.wikis as { slug: string }[];
    for (let round = 0; round < 3; round += 1) {
      const [{ slug } = { slug: '' }] = await mine();
      const gone = await everywhere[2]?.delete(`/wikis/alice/${slug}`, { confirmation: `alice/${slug}` });
      expect(gone?.status, JSON.stringify(gone?.body)).toBe(200);
      const answers = await Promise.all(
        everywhere.map((rest, at) =>
          at % 2 === 0
            ? rest.post(`/wikis/alice/${slug}/restore`)
            : rest.post('/wikis', { slug: `again-${round}-${at}`, name: 'Again' }),
        ),
      );
      expect(answers.filter(({ status }) => status < 300).length, JSON.stringify(told(answers))).toBe(1);
      expect(await mine()).toHaveLength(1);
    }
  });
});
