import type { Plan, WikiLimits } from './wiki-ref.js';

/** Whether wikis are paid for, and what the operator grants by default. */
export interface BillingOptions {
  billing: 'off' | 'on';
  /** With billing off these limit every wiki; with billing on only the byte limits of single files count. */
  defaults?: Partial<WikiLimits>;
}

const mebibyte = 1024 * 1024;
const singleFiles = { pageBytes: mebibyte, fileBytes: 10 * mebibyte };
const everything = { pages: null, attachmentBytes: null, collaborators: null, push: true, customSlug: true };

const bought = {
  free: { pages: 500, attachmentBytes: 50 * mebibyte, collaborators: 3, push: false, customSlug: false },
  premium: { ...everything, attachmentBytes: 1024 * mebibyte },
} as const satisfies Record<Plan, Omit<WikiLimits, 'pageBytes' | 'fileBytes'>>;

/** How many wikis on the free plan one person may have while billing is on. */
export const freeWikisPerPerson = 1;

/** What each plan allows under the operator's configuration. */
export class Plans {
  readonly billing: 'off' | 'on';
  private readonly defaults: Partial<WikiLimits>;

  constructor({ billing, defaults = {} }: BillingOptions) {
    this.billing = billing;
    this.defaults = Object.fromEntries(Object.entries(defaults).filter(([, limit]) => limit !== undefined));
  }

  limitsOf(plan: Plan): WikiLimits {
    if (this.billing === 'off') return { ...singleFiles, ...everything, ...this.defaults };
    const { pageBytes = singleFiles.pageBytes, fileBytes = singleFiles.fileBytes } = this.defaults;
    return { ...bought[plan], pageBytes, fileBytes };
  }
}
