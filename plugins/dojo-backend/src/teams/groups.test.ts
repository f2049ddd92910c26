import type { Entity } from '@backstage/catalog-model';
import { everybodyIn, groupOf, groupsAround, type Group } from './groups';

const group = (ref: string, parents: string[], members: string[]): Group => ({
  ref,
  parents,
  members,
  leads: [],
});

it('reads who is in a group and who leads it', () => {
  const entity: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name: 'Team',
      annotations: { 'fawkes.dev/dojo-lead': 'Ada, user:other/bob' },
    },
    relations: [
      { type: 'hasMember', targetRef: 'user:default/Ada' },
      { type: 'hasMember', targetRef: 'user:default/ada' },
      { type: 'childOf', targetRef: 'group:default/all' },
      { type: 'ownerOf', targetRef: 'component:default/x' },
    ],
  };
  expect(groupOf(entity)).toEqual({
    ref: 'group:default/team',
    parents: ['group:default/all'],
    members: ['user:default/ada'],
    leads: ['user:default/ada', 'user:other/bob'],
  });
  expect(groupOf({ ...entity, metadata: { name: 'team' } }).leads).toEqual([]);
});

it('finds everybody in a group once, however groups are in each other', () => {
  const all = [
    group('all', ['inner'], ['a']),
    group('inner', ['all'], ['a', 'b']),
    group('innermost', ['inner'], ['c']),
  ];
  const people = everybodyIn(all);
  expect([...people.get('all')!].sort()).toEqual(['a', 'b', 'c']);
  expect([...people.get('innermost')!]).toEqual(['c']);
  expect(groupsAround(all, 'c').map(({ ref }) => ref)).toEqual([
    'innermost',
    'inner',
    'all',
  ]);
  expect(groupsAround(all, 'nobody')).toEqual([]);
});
