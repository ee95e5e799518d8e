import { describe, expect, it } from 'vitest';
import { operationOf } from './batch-answers.js';

describe('an operation of a batch', () => {
  it('is said in the words of the wiki room', () => {
    expect(operationOf({ op: 'edit', path: 'A', revision: 'abcdef0', old_string: 'a', new_string: 'b' })).toEqual({
      op: 'edit',
      path: 'A',
      revision: 'abcdef0',
      oldString: 'a',
      newString: 'b',
    });
    expect(operationOf({ op: 'rename', path: 'A', new_path: 'B', links: false })).toEqual({
      op: 'rename',
      path: 'A',
      newPath: 'B',
      links: false,
    });
    expect(operationOf({ op: 'delete', path: 'A' })).toEqual({ op: 'delete', path: 'A' });
  });
});
