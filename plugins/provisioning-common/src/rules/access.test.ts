import {
  requestActionSchema,
  REQUEST_ACTIONS,
  type RequestAction,
} from '../contract';
import {
  accessTo,
  mayCreate,
  rolesOf,
  whoMay,
  type AccessibleRequest,
  type Role,
  type Somebody,
} from './access';

/** Every action somebody may do with a request. */
const actionsOf = (about: AccessibleRequest, who: Somebody) =>
  REQUEST_ACTIONS.filter(action => accessTo(action, about, who) === 'allowed');

const payments = 'group:default/payments';
const shop = 'group:default/shop';

const request = (
  other: Partial<AccessibleRequest> = {},
): AccessibleRequest => ({
  owner: payments,
  requester: 'user:default/mira',
  practice: false,
  pendingOwner: null,
  ...other,
});

const somebody = (
  userRef: string,
  groups: string[] = [],
  platform = false,
): Somebody => ({
  userRef,
  ownershipRefs: [userRef, ...groups],
  platform,
});

const PEOPLE: Record<Role | 'stranger', Somebody> = {
  owner: somebody('user:default/olu', [payments]),
  requester: somebody('user:default/mira'),
  platform: somebody('user:default/pia', [], true),
  target: somebody('user:default/tom', [shop]),
  stranger: somebody('user:default/sam', ['group:default/other']),
};

/** Columns: owner, requester, platform, target, stranger. + may, - 403, . 404. */
const USUAL: Record<RequestAction, string> = {
  see: '++++.',
  update: '+---.',
  deploy: '+---.',
  rollback: '+---.',
  merge: '+---.',
  cancel: '+-+-.',
  retry: '+-+-.',
  start: '+-+-.',
  stop: '+-+-.',
  destroy: '+---.',
  force: '--+-.',
  purge: '--+-.',
  forget: '--+-.',
  transfer: '+---.',
  accept_transfer: '---+.',
  attic: '+---.',
  pull: '+++-.',
  push: '+---.',
};

/** Practice: the requester's; without an offer the target is a stranger. */
const PRACTICE: Record<RequestAction, string> = {
  see: '+++..',
  update: '-++..',
  deploy: '-++..',
  rollback: '-++..',
  merge: '-++..',
  cancel: '-++..',
  retry: '-++..',
  start: '-++..',
  stop: '-++..',
  destroy: '-++..',
  force: '--+..',
  purge: '--+..',
  forget: '--+..',
  transfer: '---..',
  accept_transfer: '---..',
  attic: '-+-..',
  pull: '+++..',
  push: '-+-..',
};

const VERDICTS = { '+': 'allowed', '-': 'denied', '.': 'hidden' };

describe.each([
  ['usually', USUAL, request({ pendingOwner: shop })],
  ['for practice', PRACTICE, request({ practice: true })],
] as const)('%s', (_, table, about) => {
  const cells = REQUEST_ACTIONS.flatMap(action =>
    Object.entries(PEOPLE).map(
      ([name, who], index) =>
        [action, name, who, table[action][index]] as const,
    ),
  );

  it.each(cells)('%s by %s', (action, _name, who, cell) => {
    expect(accessTo(action, about, who)).toBe(VERDICTS[cell as '+']);
  });

  it('says who may', () => {
    for (const action of REQUEST_ACTIONS) {
      expect(whoMay(action, about).text).not.toBe('');
    }
  });
});

describe('roles', () => {
  it('add up', () => {
    const all = somebody('user:default/mira', [payments, shop], true);

    expect([...rolesOf(request({ pendingOwner: shop }), all)]).toEqual([
      'owner',
      'requester',
      'platform',
      'target',
    ]);
  });

  it('a service is nobody, also where the requester is unknown', () => {
    const service: Somebody = {
      userRef: undefined,
      ownershipRefs: [],
      platform: false,
    };

    expect(accessTo('see', request({ requester: '' }), service)).toBe('hidden');
  });

  it('a requester who has left the group still sees, and changes nothing', () => {
    expect(actionsOf(request(), PEOPLE.requester)).toEqual(['see', 'pull']);
  });

  it('who is offered a request sees it until it is answered', () => {
    expect(
      accessTo('see', request({ pendingOwner: shop }), PEOPLE.target),
    ).toBe('allowed');
    expect(accessTo('see', request(), PEOPLE.target)).toBe('hidden');
  });

  it('more roles never allow less', () => {
    const both = somebody('user:default/mira', [payments], true);
    for (const practice of [false, true]) {
      const about = request({ practice });
      const apart = ['owner', 'requester', 'platform'].flatMap(role =>
        actionsOf(about, PEOPLE[role as Role]),
      );

      expect(actionsOf(about, both)).toEqual(
        REQUEST_ACTIONS.filter(action => apart.includes(action)),
      );
    }
  });
});

describe('creating', () => {
  const practiceOwner = 'group:default/dojo';
  it.each([
    ['for one of your groups', PEOPLE.owner, payments, false, 'owner'],
    ['for another group', PEOPLE.owner, shop, false, 'denied'],
    [
      'for another group, as platform',
      PEOPLE.platform,
      shop,
      false,
      'platform',
    ],
    [
      'for practice, by anybody',
      PEOPLE.stranger,
      practiceOwner,
      true,
      'practice',
    ],
    [
      'for practice, for a group of your own',
      PEOPLE.owner,
      payments,
      true,
      'denied',
    ],
    [
      'for practice, as platform for any group',
      PEOPLE.platform,
      shop,
      true,
      'denied',
    ],
  ] as const)('%s', (_, who, owner, practice, verdict) => {
    expect(mayCreate({ owner, practice, practiceOwner }, who)).toBe(verdict);
  });

  it('is for people, and for practice only where a group is meant for it', () => {
    const nobody: Somebody = {
      userRef: undefined,
      ownershipRefs: [payments],
      platform: true,
    };

    expect(
      mayCreate({ owner: payments, practice: false, practiceOwner }, nobody),
    ).toBe('denied');
    expect(
      mayCreate(
        { owner: payments, practice: true, practiceOwner: null },
        PEOPLE.owner,
      ),
    ).toBe('denied');
  });
});

it('every action of the contract is in both tables', () => {
  expect(Object.keys(USUAL).sort()).toEqual(
    [...requestActionSchema.options].sort(),
  );
  expect(Object.keys(PRACTICE).sort()).toEqual(
    [...requestActionSchema.options].sort(),
  );
});
