import { aclErrorCodes } from '@lib/acl';
import { gitErrorCodes } from '@lib/git';
import { searchErrorCodes } from '@lib/search';
import { wikiErrorCodes } from '@lib/wiki';
import { describe, expect, it } from 'vitest';
import { problems } from '../../src/http/problems.js';

describe('the table of problems', () => {
  it('has a row for every code a room throws', () => {
    const codes = [...aclErrorCodes, ...gitErrorCodes, ...searchErrorCodes, ...wikiErrorCodes];

    expect(codes.filter((code) => !Object.hasOwn(problems, code))).toEqual([]);
  });

  it('has no row for a code that nobody throws', () => {
    const known = new Set<string>([...aclErrorCodes, ...gitErrorCodes, ...searchErrorCodes, ...wikiErrorCodes]);
    const ofDoors = Object.keys(problems).filter((code) => !known.has(code));

    expect(ofDoors.sort()).toEqual(
      [
        ...[
          'body-too-large',
          'form-stale',
          'internal',
          'malformed-request',
          'media-type-not-supported',
          'method-not-allowed',
        ],
        ...['not-found', 'not-ready', 'not-valid', 'origin-refused', 'reindex-running', 'smart-http-only'],
        'unknown-host',
      ].sort(),
    );
  });
});
