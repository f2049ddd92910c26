import { withoutLongLists } from './longLists';
import { typeOf } from './typeOf';

describe('typeOf', () => {
  it.each([
    [{ type: 'deployment' }, 'deployment'],
    [{ type: 'change', kind: 'commit' }, 'commit'],
    [{ type: 'change' }, undefined],
    [{ type: ['deployment'] }, undefined],
    [{}, undefined],
  ])('of %j is %j', (fields, type) => expect(typeOf(fields)).toBe(type));

  it('asks nothing that is no text to become one', () => {
    const hostile = { type: ['deployment', { toString: 1 }], commits: [] };
    expect(withoutLongLists(hostile)).toEqual({ value: hostile, lists: 0 });
  });
});
