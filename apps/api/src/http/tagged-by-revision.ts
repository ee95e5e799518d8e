import { SetMetadata } from '@nestjs/common';

const taggedKey = 'wikibot:tagged-by-revision';

/** The answer has a `revision`, which becomes part of its ETag and may come back in If-Match. */
export const TaggedByRevision = () => SetMetadata(taggedKey, true);

export const isTaggedByRevision = (handler: object): boolean => Reflect.getMetadata(taggedKey, handler) === true;
