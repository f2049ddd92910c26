import fc from 'fast-check';
import { EFFECT_TYPES, type EffectType } from '../contract';
import { inOrder, needsOf } from './effectGraph';

describe('what an effect needs', () => {
  it.each<[EffectType, EffectType[], EffectType[]]>([
    ['repo:ensure', ['name:reserve', 'repo:ensure'], ['name:reserve']],
    [
      'events:tell',
      ['service:build', 'service:deploy', 'catalog:entity:ensure'],
      ['service:deploy', 'catalog:entity:ensure'],
    ],
    [
      'events:tell',
      ['service:build', 'catalog:entity:ensure'],
      ['service:build', 'catalog:entity:ensure'],
    ],
    [
      'events:tell',
      ['name:reserve', 'repo:ensure', 'service:deploy'],
      ['service:deploy'],
    ],
    ['service:deploy', ['name:reserve'], ['name:reserve']],
    ['service:deploy', [], []],
  ])('%s among %p is %p', (type, present, needed) => {
    expect(needsOf(type, new Set(present))).toEqual(needed);
  });
});

describe('the order of effects', () => {
  it('is right for whatever is present', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...EFFECT_TYPES]), types => {
        const present = new Set(types);
        const ordered = inOrder(
          types.map(id => ({ id, dependsOn: needsOf(id, present) })),
        );
        const place = new Map(ordered.map(({ id }, index) => [id, index]));

        expect(ordered).toHaveLength(types.length);
        expect(
          ordered.every(({ id, dependsOn }) =>
            dependsOn.every(needed => place.get(needed)! < place.get(id)!),
          ),
        ).toBe(true);
      }),
    );
  });

  it('is the one they came in where nothing else asks for it', () => {
    const three = ['c', 'a', 'b'].map(id => ({ id, dependsOn: [] }));

    expect(inOrder(three)).toEqual(three);
  });

  it.each([
    [
      [
        { id: 'a', dependsOn: ['b'] },
        { id: 'b', dependsOn: ['a'] },
      ],
    ],
    [[{ id: 'a', dependsOn: ['gone'] }]],
  ])('refuses %j', effects => {
    expect(() => inOrder(effects)).toThrow('can never begin: a');
  });
});
