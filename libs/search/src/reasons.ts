/** Why words were looked for where meanings were asked. */
export const reasons = {
  off: 'Search by meaning is off on this server, so the words of the query were looked for.',
  unavailable: 'Search by meaning is not available at the moment, so the words of the query were looked for.',
  unread: 'The pages were not read for their meaning yet, so the words of the query were looked for.',
} as const;
