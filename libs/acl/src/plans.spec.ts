import { describe, expect, it } from 'vitest';
import { freeWikisPerPerson, Plans } from './plans.js';

const singleFiles = { pageBytes: 1_048_576, fileBytes: 10_485_760 };

/** What people are promised, in numbers written down apart from the code. */
const promised = {
  free: {
    pages: 500,
    collaborators: 3,
    attachmentBytes: 52_428_800,
    push: false,
    customSlug: false,
    ...singleFiles,
  },
  premium: {
    pages: null,
    collaborators: null,
    attachmentBytes: 1_073_741_824,
    push: true,
    customSlug: true,
    ...singleFiles,
  },
};
const everything = {
  pages: null,
  collaborators: null,
  attachmentBytes: null,
  push: true,
  customSlug: true,
  ...singleFiles,
};

describe('what the plans allow', () => {
  it.each(['free', 'premium'] as const)('%s is what was promised while billing is on', (plan) => {
    expect(new Plans({ billing: 'on' }).limitsOf(plan)).toEqual(promised[plan]);
  });

  it('the first wiki of a person is free', () => {
    expect(freeWikisPerPerson).toBe(1);
  });

  it.each(['free', 'premium'] as const)('a %s wiki has everything while billing is off', (plan) => {
    expect(new Plans({ billing: 'off' }).limitsOf(plan)).toEqual(everything);
  });

  it('the operator limits every wiki while billing is off, and what is unset stays as it is', () => {
    const defaults = { pages: 7, collaborators: 0, attachmentBytes: undefined, fileBytes: 99 };
    const plans = new Plans({ billing: 'off', defaults });

    for (const plan of ['free', 'premium'] as const)
      expect(plans.limitsOf(plan)).toEqual({ ...everything, pages: 7, collaborators: 0, fileBytes: 99 });
  });

  it('of what the operator sets, only the sizes of single files count while billing is on', () => {
    const defaults = { pages: 7, collaborators: 7, attachmentBytes: 7, pageBytes: 100, fileBytes: 200 };
    const plans = new Plans({ billing: 'on', defaults });

    for (const plan of ['free', 'premium'] as const)
      expect(plans.limitsOf(plan)).toEqual({ ...promised[plan], pageBytes: 100, fileBytes: 200 });
  });
});
