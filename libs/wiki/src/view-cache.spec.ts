import { describe, expect, it } from 'vitest';
import type { PageView } from './page-view.js';
import { ViewCache } from './view-cache.js';

const settings = { of: () => Promise.reject(new Error('not asked')), onReadAnew: () => {} };
const view = (displayName: string) =>
  ({
    content: 'text',
    linksTo: [],
    linkedFrom: ['A'],
    lastCommit: { author: { name: displayName } },
  }) as never as PageView;

describe('pages as they were read last', () => {
  it('stay the same object when they are read again and nothing has changed, so that nothing is rendered again', async () => {
    const cache = new ViewCache(settings, { maxAgeMs: 1 });
    const first = cache.keep('key', view('Ann'));
    await expect.poll(() => cache.get('key')).toBeUndefined();

    expect(cache.keep('key', view('Ann'))).toBe(first);
    expect(Object.isFrozen(first)).toBe(true);
  });

  it('are new ones when somebody is called otherwise since', () => {
    const cache = new ViewCache(settings);
    const first = cache.keep('key', view('Ann'));
    const second = cache.keep('key', view('Anna'));

    expect(second).not.toBe(first);
    expect(cache.get('key')).toBe(second);
  });

  it('are not kept for those who see part of a wiki', () => {
    const part = view('Ann');
    expect(new ViewCache(settings).keep(null, part)).toBe(part);
    expect(Object.isFrozen(part)).toBe(false);
  });
});
