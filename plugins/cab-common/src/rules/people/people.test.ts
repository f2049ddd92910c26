import { outgrows, type HostileShape } from '@internal/hostile-text';
import fc from 'fast-check';
import {
  exclusionOf,
  personDeciding,
  unresolved,
  type Involved,
} from './duties';
import {
  coAuthorsOf,
  comparedEmail,
  isOf,
  noreplyAccount,
  sameAccount,
  type KnownPerson,
} from './identity';

const mira: KnownPerson = {
  userRef: 'user:default/mira',
  emails: ['mira@example.com', 'm.ionescu@example.com'],
  accounts: [
    { provider: 'github.com', id: '1234', login: 'mira' },
    { provider: 'gitlab.com', login: 'mi' },
  ],
};
const jon: KnownPerson = {
  userRef: 'user:default/jon',
  emails: ['jon@example.com'],
  accounts: [{ provider: 'github.com', login: 'jon' }],
};

describe('the author side never approves', () => {
  it.each<[string, Involved]>([
    ['the submitter', { duty: 'submitter', userRef: 'user:default/mira' }],
    [
      'the submitter, in capitals',
      { duty: 'submitter', userRef: 'User:Default/Mira' },
    ],
    ['the author by address', { duty: 'author', email: 'mira@example.com' }],
    [
      'the author by an alias',
      { duty: 'author', email: ' M.Ionescu@Example.com ' },
    ],
    [
      'the author by account id, after a rename',
      {
        duty: 'author',
        account: { provider: 'github.com', id: '1234', login: 'renamed' },
      },
    ],
    [
      'the author by login',
      { duty: 'author', account: { provider: 'gitlab.com', login: 'MI' } },
    ],
    [
      'the author behind noreply',
      { duty: 'author', email: '1234+old@users.noreply.github.com' },
    ],
    [
      'the author behind old noreply',
      { duty: 'author', email: 'mira@users.noreply.github.com' },
    ],
    ['a committer', { duty: 'committer', email: 'mira@example.com' }],
    [
      'a co-author',
      {
        duty: 'co_author',
        ...coAuthorsOf('Fix\n\nCo-Authored-By: M <mira@example.com>')[0],
      },
    ],
    [
      'who runs the bot',
      {
        duty: 'bot_operator',
        account: { provider: 'github.com', login: 'mira' },
      },
    ],
    [
      'the owner of a plan',
      { duty: 'plan_owner', userRef: 'user:default/mira' },
    ],
    [
      'who made the evidence',
      { duty: 'producer', userRef: 'user:default/mira' },
    ],
    [
      'who asked for an exception',
      { duty: 'exception_requester', userRef: 'user:default/mira' },
    ],
  ])('%s', (_who, involved) => {
    expect(exclusionOf(mira, [involved])?.duty).toBe(involved.duty);
    expect(exclusionOf(jon, [involved])).toBeUndefined();
  });

  it('is both of two Users who share an address', () => {
    const shared = { ...jon, emails: ['mira@example.com'] };
    const author: Involved = { duty: 'author', email: 'mira@example.com' };
    expect(exclusionOf(mira, [author])).toEqual({
      duty: 'author',
      by: 'identity',
    });
    expect(exclusionOf(shared, [author])).toEqual({
      duty: 'author',
      by: 'identity',
    });
  });

  it('does not take a login that somebody else has now for its author', () => {
    const recycled: Involved = {
      duty: 'author',
      account: { provider: 'github.com', id: '99', login: 'mira' },
    };
    expect(exclusionOf(mira, [recycled])).toBeUndefined();
  });

  it('is not the button of the provider, nor the same login elsewhere', () => {
    const button: Involved = {
      duty: 'committer',
      email: 'noreply@github.com',
      account: { provider: 'github.com', login: 'web-flow' },
    };
    expect(
      exclusionOf({ ...mira, accounts: [button.account!] }, [button]),
    ).toBeUndefined();
    expect(unresolved([button], [mira])).toEqual([]);
    const elsewhere: Involved = {
      duty: 'author',
      account: { provider: 'github.example.com', login: 'mira' },
    };
    expect(exclusionOf(mira, [elsewhere])).toBeUndefined();
  });

  it('lists whom nobody knows, bots without anybody behind them too', () => {
    const stranger: Involved = { duty: 'author', email: 'who@example.com' };
    const bot: Involved = {
      duty: 'author',
      bot: true,
      account: { provider: 'github.com', login: 'dependabot[bot]' },
    };
    const known: Involved = { duty: 'author', email: 'jon@example.com' };
    const gone: Involved = { duty: 'submitter', userRef: 'user:default/gone' };
    expect(unresolved([stranger, bot, known, gone], [mira, jon])).toEqual([
      stranger,
      bot,
      gone,
    ]);
  });

  it('catches a person whatever else is known of the commits', () => {
    const identity = fc.oneof(
      fc.constantFrom(...mira.emails).map(email => ({ email })),
      fc.constantFrom(...mira.accounts).map(account => ({ account })),
    );
    const others = fc.array(
      fc.emailAddress().map(email => ({ duty: 'author' as const, email })),
    );
    fc.assert(
      fc.property(identity, others, fc.nat(), (own, rest, at) => {
        const involved: Involved[] = [...rest];
        involved.splice(at % (rest.length + 1), 0, { duty: 'author', ...own });
        expect(exclusionOf(mira, involved)).toBeDefined();
      }),
    );
  });
});

describe('who decides', () => {
  it('is a person, and no service that acts for one', () => {
    expect(personDeciding({ kind: 'user', userRef: 'User:default/Mira' })).toBe(
      'user:default/mira',
    );
    expect(
      personDeciding({
        kind: 'user',
        userRef: 'user:default/mira',
        actor: 'plugin:x',
      }),
    ).toBeUndefined();
    expect(
      personDeciding({ kind: 'service', subject: 'external:ci' }),
    ).toBeUndefined();
    expect(personDeciding({ kind: 'nobody' })).toBeUndefined();
  });
});

describe('identities', () => {
  it('compares whole addresses', () => {
    expect(comparedEmail(' A.B+c@Example.com\n')).toBe('a.b+c@example.com');
    expect(comparedEmail('nobody')).toBeUndefined();
    expect(comparedEmail('@example.com')).toBeUndefined();
    expect(comparedEmail(`${'a'.repeat(400)}@example.com`)).toBeUndefined();
    expect(
      isOf(
        { email: 'm.i+x@example.com' },
        { ...mira, emails: ['m.i@example.com'] },
      ),
    ).toBe(false);
  });

  it('reads the accounts behind addresses that take no mail', () => {
    expect(noreplyAccount('5+x[bot]@users.noreply.github.com')).toEqual({
      provider: 'github.com',
      id: '5',
      login: 'x[bot]',
    });
    expect(noreplyAccount('12-mi@users.noreply.gitlab.com')).toEqual({
      provider: 'gitlab.com',
      id: '12',
      login: 'mi',
    });
    expect(
      noreplyAccount('x@users.noreply.github.com.evil.org'),
    ).toBeUndefined();
    expect(noreplyAccount('mira@example.com')).toBeUndefined();
  });

  it('has no account of nothing', () => {
    expect(sameAccount({ provider: 'a' }, { provider: 'a' })).toBe(false);
    expect(
      sameAccount({ provider: 'a', id: '1' }, { provider: 'a', login: 'x' }),
    ).toBe(false);
    expect(isOf({}, mira)).toBe(false);
  });

  it('finds co-authors line by line', () => {
    expect(
      coAuthorsOf(
        'x\n\nco-authored-by: A <a@example.com>\r\n  Co-authored-by: b@example.com\nCo-authored-by: nobody\nNot-Co-authored-by: <c@example.com>',
      ),
    ).toEqual([{ email: 'a@example.com' }, { email: 'b@example.com' }]);
  });

  it.each<HostileShape>([
    { name: 'angles', of: n => `Co-authored-by: ${'<'.repeat(n)}` },
    { name: 'trailers', of: n => 'co-authored-by:\n'.repeat(n / 16) },
    { name: 'digits', of: n => `${'1'.repeat(n)}@users.noreply.github.com` },
    {
      name: 'dashes',
      of: n => `${'1-'.repeat(n / 2)}@users.noreply.gitlab.com`,
    },
  ])('are read in time in proportion to $name', shape => {
    const read = (text: string) => {
      coAuthorsOf(text);
      noreplyAccount(text);
    };
    expect(outgrows(read, shape, 262_144)).toBeUndefined();
  });
});
