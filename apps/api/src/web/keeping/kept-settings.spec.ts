import { describe, expect, it } from 'vitest';
import { categoriesIn, compare, type KeptSettings } from './kept-settings.js';

const shown: KeptSettings = { name: 'Notes', purpose: '', categories: 'actor\nevent', linkOrder: 'target-first' };

describe('settings that were sent', () => {
  it('are changed where they were changed in the form, and nowhere else', () => {
    expect(compare({ ...shown, name: 'Birds' }, shown, shown)).toMatchObject({
      change: { name: 'Birds' },
      conflicts: {},
    });
    expect(compare(shown, shown, shown).change).toEqual({});
  });

  it('leave what another changed meanwhile', () => {
    const now = { ...shown, purpose: 'For all' };
    const { change, conflicts, merged } = compare({ ...shown, name: 'Birds' }, shown, now);

    expect(change).toEqual({ name: 'Birds' });
    expect(conflicts).toEqual({});
    expect(merged).toEqual({ ...shown, name: 'Birds', purpose: 'For all' });
  });

  it('are asked about where another changed the same', () => {
    const now = { ...shown, name: 'Fish', linkOrder: 'label-first' as const };
    const { conflicts, merged } = compare({ ...shown, name: 'Birds' }, shown, now);

    expect(conflicts).toEqual({ name: 'Fish' });
    expect(merged).toEqual({ ...now, name: 'Birds' });
  });

  it('are no matter where both wanted the same', () => {
    const now = { ...shown, name: 'Birds' };

    expect(compare(now, shown, now)).toMatchObject({ change: {}, conflicts: {} });
  });

  it('take categories by their lines', () => {
    expect(categoriesIn(' actor \n\n event\n')).toEqual(['actor', 'event']);
    expect(compare({ ...shown, categories: 'actor\n\nevent\n' }, shown, shown).change).toEqual({});
    expect(compare({ ...shown, categories: '' }, shown, shown).change).toEqual({ categories: '' });
  });
});
