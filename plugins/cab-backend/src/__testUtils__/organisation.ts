import type { Entity } from '@backstage/catalog-model';

const relation = (type: string, ...targets: string[]) =>
  targets.map(targetRef => ({ type, targetRef }));

function group(
  name: string,
  parent?: string,
  members: string[] = [],
  children: string[] = [],
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name },
    relations: [
      ...(parent ? relation('childOf', `group:default/${parent}`) : []),
      ...relation('hasMember', ...members.map(each => `user:default/${each}`)),
      ...relation('parentOf', ...children.map(each => `group:default/${each}`)),
    ],
  };
}

/** A User who can vote: a member of groups, with an account and an address. */
export function user(
  name: string,
  groups: string[],
  more: { account?: string | null; email?: string } = {},
): Entity {
  const account = more.account === undefined ? name : more.account;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name,
      ...(account !== null && {
        annotations: { 'github.com/user-login': account },
      }),
    },
    spec: { profile: { email: more.email ?? `${name}@example.com` } },
    relations: relation(
      'memberOf',
      ...groups.map(each => `group:default/${each}`),
    ),
  };
}

function component(
  name: string,
  owner: string,
  more: Partial<Entity> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, ...more.metadata } as Entity['metadata'],
    spec: { lifecycle: 'production', ...more.spec },
    relations: [...relation('ownedBy', owner), ...(more.relations ?? [])],
  };
}

export const SHOP = 'component:default/shop';
export const PAY = 'component:default/pay';
export const person = (name: string) => `user:default/${name}`;
/** On the board: two inside of payments, three outside. */
export const BOARD = ['bea', 'ben', 'bo', 'pam', 'pat'];

/**
 * A small organisation: shop (nobody depends on it) and pay (a tier-1 service
 * depends on it), teams, a board, a security group.
 */
export function organisation(): Entity[] {
  return [
    component('shop', 'group:default/shopping'),
    component('pay', 'group:default/payments', {
      relations: relation('dependencyOf', 'component:default/checkout'),
    }),
    component('checkout', 'group:default/shopping', {
      metadata: {
        name: 'checkout',
        annotations: { 'fawkes.dev/cab-tier': '1' },
      },
    }),
    component('mine', 'user:default/sam'),
    group('everybody', undefined, [], ['shopping', 'payments']),
    group('shopping', 'everybody', ['sam', 'sue', 'ada', 'lone', 'eve']),
    group('payments', 'everybody', ['pam', 'pat', 'pia']),
    group('board', undefined, BOARD),
    group('security', undefined, ['sec', 'bo']),
    group('heads', undefined, ['head']),
    user('sam', ['shopping']),
    user('sue', ['shopping']),
    user('ada', ['shopping']),
    user('eve', ['shopping'], { account: 'eve', email: 'eve@example.com' }),
    user('lone', ['shopping'], { account: null }),
    user('pam', ['payments', 'board']),
    user('pat', ['payments', 'board']),
    user('pia', ['payments']),
    user('bea', ['board']),
    user('ben', ['board']),
    user('bo', ['board', 'security']),
    user('sec', ['security']),
    user('head', ['heads']),
    user('admin', []),
  ];
}
