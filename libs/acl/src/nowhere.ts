import type { WikiRef } from './wiki-ref.js';

/** What is decided about when there is no wiki: a private one that nobody has a role on, so that both answer alike. */
export const nowhere: WikiRef = {
  id: '00000000-0000-0000-0000-000000000000',
  owner: { id: '00000000-0000-0000-0000-000000000000', username: '' },
  slug: '',
  customSlug: null,
  name: '',
  purpose: null,
  visibility: 'private',
  plan: 'free',
  paymentStatus: 'free',
  limits: {
    pages: null,
    attachmentBytes: null,
    collaborators: null,
    push: false,
    customSlug: false,
    pageBytes: 0,
    fileBytes: 0,
  },
  createdAt: new Date(0),
};
