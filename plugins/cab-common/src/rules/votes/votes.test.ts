import fc from 'fast-check';
import { DELEGATION_DAYS, type Binding } from '../../contract';
import {
  approvals,
  castVote,
  delegationRefused,
  isLive,
  type Ballot,
  type Vote,
} from './ballot';
import {
  isInPool,
  lacking,
  quorumImpossible,
  quorumMet,
  type Member,
} from './quorum';
import { checkQuorum, escalate, OUTSIDE, requirementOf } from './requirement';

const groups = {
  board: 'group:default/board',
  emergency: 'group:default/on-call-board',
  security: 'group:default/security',
  escalation: 'group:default/heads',
};
const owner = 'group:default/payments';
const someone = (name: string, ...in_: string[]): Member => ({
  userRef: `user:default/${name}`,
  groups: in_,
});

describe('who has to approve', () => {
  it.each([
    ['automatic', 'normal', 'peer_review', owner, 1, []],
    ['peer', 'normal', 'peer_review', owner, 1, []],
    [
      'board',
      'normal',
      'board_review',
      groups.board,
      2,
      [{ group: OUTSIDE, n: 1 }],
    ],
    [
      'board-major',
      'standard',
      'board_review',
      groups.board,
      3,
      [
        { group: OUTSIDE, n: 1 },
        { group: groups.security, n: 1 },
      ],
    ],
    ['automatic', 'emergency', 'board_review', groups.emergency, 1, []],
    ['board', 'emergency', 'board_review', groups.emergency, 1, []],
    [
      'board-major',
      'emergency',
      'board_review',
      groups.emergency,
      2,
      [{ group: groups.security, n: 1 }],
    ],
    [
      'board',
      'policy',
      'board_review',
      groups.board,
      2,
      [{ group: OUTSIDE, n: 1 }],
    ],
  ] as const)('%s, %s: %s', (route, type, review, pool, min, atLeast) => {
    expect(requirementOf({ route, type, owner }, groups)).toEqual({
      review,
      pool: [pool],
      min,
      atLeast,
      escalated: false,
    });
  });

  it('is the board where nobody owns it, and that is said', () => {
    const asked = requirementOf(
      { route: 'peer', type: 'normal', owner: undefined },
      groups,
    );
    expect(asked).toMatchObject({
      review: 'board_review',
      pool: [groups.board],
      min: 1,
      escalated: true,
    });
    const { emergency: _none, ...rest } = groups;
    expect(
      requirementOf({ route: 'board', type: 'emergency', owner }, rest).pool,
    ).toEqual([groups.board]);
  });

  it('is others when those are too few, and never fewer', () => {
    const peer = requirementOf(
      { route: 'peer', type: 'normal', owner },
      groups,
    );
    expect(escalate(peer, groups)).toEqual({
      review: 'board_review',
      pool: [groups.board],
      min: 1,
      atLeast: [],
      escalated: true,
    });
    const major = requirementOf(
      { route: 'board-major', type: 'normal', owner },
      groups,
    );
    const more = escalate(major, groups);
    expect(more).toEqual({
      ...major,
      pool: [groups.board, groups.escalation],
      escalated: true,
    });
    expect(escalate(more, groups)).toEqual(more);
    const { escalation: _none, ...rest } = groups;
    expect(escalate(major, rest)).toEqual({ ...major, escalated: true });
  });

  it.each([0, -1, 0.5, NaN])('is never %p votes', n => {
    expect(() => checkQuorum({ min: n, atLeast: [] })).toThrow('from 1');
    expect(() => checkQuorum({ min: 1, atLeast: [{ group: 'a', n }] })).toThrow(
      'from 1',
    );
  });

  const every = (
    ['standard', 'normal', 'emergency', 'policy'] as const
  ).flatMap(type =>
    (['automatic', 'peer', 'board', 'board-major'] as const).map(route => ({
      type,
      route,
      asked: requirementOf({ route, type, owner }, groups),
    })),
  );

  it.each(every)('$type, $route counts in whole votes', ({ asked }) => {
    expect(() => checkQuorum(asked)).not.toThrow();
  });

  it.each(every.filter(({ route }) => route.startsWith('board')))(
    '$type, $route is the board’s: two, or an emergency board',
    ({ type, asked }) => {
      expect(asked.review).toBe('board_review');
      expect(asked.min).toBeGreaterThanOrEqual(type === 'emergency' ? 1 : 2);
    },
  );
});

describe('a quorum', () => {
  const major = requirementOf(
    { route: 'board-major', type: 'normal', owner },
    groups,
  );
  const inside = someone('inside', groups.board, owner);
  const outside = someone('outside', groups.board);
  const security = someone('security', groups.board, groups.security);

  it('counts people once, and lets one vote fill several places', () => {
    expect(quorumMet(major, [inside, outside, security], owner)).toBe(true);
    expect(
      quorumMet(
        major,
        [inside, security, someone('b', groups.board, owner)],
        owner,
      ),
    ).toBe(true);
    expect(quorumMet(major, [security, security, security], owner)).toBe(false);
    expect(lacking(major, [inside, inside], owner)).toEqual({
      votes: 2,
      atLeast: [
        { group: OUTSIDE, n: 1 },
        { group: groups.security, n: 1 },
      ],
    });
    expect(
      quorumMet(major, [inside, outside, someone('c', groups.board)], owner),
    ).toBe(false);
  });

  it('takes everybody for outside where nobody owns it', () => {
    expect(
      quorumMet(
        { min: 1, atLeast: [{ group: OUTSIDE, n: 1 }] },
        [inside],
        undefined,
      ),
    ).toBe(true);
  });

  it('is impossible when all who are left are not enough', () => {
    expect(quorumImpossible(major, [inside, outside], owner)).toBe(true);
    expect(quorumImpossible(major, [inside, outside, security], owner)).toBe(
      false,
    );
  });

  it('is never lost by one vote more, nor met by a vote again', () => {
    const anybody = fc.record({
      userRef: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      groups: fc.subarray([groups.board, groups.security, owner]),
    });
    fc.assert(
      fc.property(fc.array(anybody), anybody, (voters, another) => {
        const unique = [
          ...new Map(voters.map(each => [each.userRef, each])).values(),
        ];
        expect(quorumMet(major, voters, owner)).toBe(
          quorumMet(major, unique, owner),
        );
        const isMet = quorumMet(major, unique, owner);
        expect(!isMet || unique.length >= major.min).toBe(true);
        const isNew = unique.every(each => each.userRef !== another.userRef);
        const more = isNew ? [...unique, another] : unique;
        expect(!isMet || quorumMet(major, more, owner)).toBe(true);
      }),
    );
  });
});

describe('votes', () => {
  const hash = (digit: string) => digit.repeat(64);
  const binding: Binding = {
    revision: 2,
    packDigest: hash('a'),
    riskResultHash: hash('b'),
  };
  const ballot: Ballot = { round: 1, binding };
  const vote = (userRef: string, more: Partial<Vote> = {}): Vote => ({
    userRef,
    round: 1,
    decision: 'approve',
    binding,
    state: 'live',
    ...more,
  });
  const board = { pool: [groups.board] };
  const everybody = (userRef: string): Member => ({
    userRef,
    groups: [groups.board],
  });

  it.each([
    ['another revision', { revision: 1 }],
    ['other evidence', { packDigest: hash('c') }],
    ['another risk', { riskResultHash: hash('c') }],
  ])('about %s are told so, and count nowhere', (_what, other) => {
    const old = { ...binding, ...other };
    expect(castVote(ballot, [], vote('a', { binding: old }))).toEqual({
      kind: 'changed',
    });
    expect(isLive(vote('a', { binding: old }), ballot)).toBe(false);
    expect(
      approvals(ballot, [vote('a', { binding: old })], board, everybody),
    ).toEqual([]);
  });

  it('are one for each person and round', () => {
    expect(castVote(ballot, [], vote('a'))).toEqual({ kind: 'stored' });
    expect(castVote(ballot, [vote('a')], vote('a'))).toEqual({ kind: 'same' });
    expect(
      castVote(ballot, [vote('a')], vote('a', { decision: 'reject' })),
    ).toEqual({ kind: 'taken' });
    for (const state of ['void', 'withdrawn'] as const) {
      expect(castVote(ballot, [vote('a', { state })], vote('a'))).toEqual({
        kind: 'stored',
      });
    }
    expect(castVote(ballot, [vote('a', { round: 0 })], vote('a'))).toEqual({
      kind: 'stored',
    });
  });

  it('count when they approve, are live, and their voter still belongs', () => {
    const votes = [
      vote('a'),
      vote('a'),
      vote('b', { decision: 'reject' }),
      vote('c', { state: 'void' }),
      vote('d', { round: 0 }),
      vote('gone'),
      vote('elsewhere'),
    ];
    const memberOf = (userRef: string) => {
      if (userRef === 'gone') return undefined;
      return {
        userRef,
        groups: userRef === 'elsewhere' ? [owner] : [groups.board],
      };
    };
    expect(
      approvals(ballot, votes, board, memberOf).map(each => each.userRef),
    ).toEqual(['a']);
    expect(isInPool(memberOf('elsewhere')!, board)).toBe(false);
  });
});

describe('a delegation', () => {
  const DAY = 86_400_000;
  const given = { from: 'a', to: 'b', startsAt: 0, endsAt: DAY };
  const everybody = () => true;

  it.each([
    ['to oneself', { ...given, to: 'a' }, [], everybody, 'self'],
    [
      'that is too long',
      { ...given, endsAt: DELEGATION_DAYS * DAY + 1 },
      [],
      everybody,
      'long',
    ],
    [
      'that begins later',
      { ...given, startsAt: 2, endsAt: 3 },
      [],
      everybody,
      'not_now',
    ],
    ['that is over', { ...given, endsAt: 1 }, [], everybody, 'not_now'],
    [
      'of a vote that was delegated',
      given,
      [{ ...given, from: 'x', to: 'a' }],
      everybody,
      'chain',
    ],
    [
      'to one who delegated too',
      given,
      [{ ...given, from: 'b', to: 'x' }],
      everybody,
      'chain',
    ],
    ['of the author', given, [], (who: string) => who !== 'a', 'from'],
    ['to the author', given, [], (who: string) => who !== 'b', 'to'],
    [
      'from board to board',
      given,
      [{ ...given, from: 'b', to: 'x', endsAt: 1 }],
      everybody,
      undefined,
    ],
  ])('%s', (_what, delegation, others, may, refused) => {
    expect(delegationRefused(delegation, others, 1, may)).toBe(refused);
  });
});
