import fc from 'fast-check';
import { canonicalJson } from '@fawkes/kit-contract';
import type { Claim } from './claim';
import { factKeyOf } from './factKey';
import { factOf, joinFacts, type FactState } from './factState';
import { placeFact } from './placeFact';
import { resolveFact } from './resolveFact';

const at = (minute: number) =>
  new Date(1_772_000_000_000 + minute * 60_000).toISOString();
const minute = fc.nat(3).map(at);

/** Claims about one incident, whole and in parts, with many ties. */
const incidentClaim: fc.Arbitrary<Claim> = fc.oneof(
  fc
    .record(
      {
        occurredAt: minute,
        openedAt: minute,
        resolvedAt: minute,
        severity: fc.constantFrom('a', 'b'),
        deleted: fc.boolean(),
      },
      { requiredKeys: ['occurredAt', 'openedAt'] },
    )
    .map(
      (fields): Claim => ({
        claim: 'whole',
        event: { type: 'incident', source: 'pager', id: 'i', ...fields },
      }),
    ),
  fc
    .record({
      occurredAt: minute,
      fields: fc.record(
        {
          openedAt: minute,
          resolvedAt: minute,
          severity: fc.constantFrom('a', 'b', 'c'),
        },
        { requiredKeys: [] },
      ),
      earliest: fc.record(
        { acknowledgedAt: minute, openedAt: minute },
        { requiredKeys: [] },
      ),
    })
    .map(
      (part): Claim => ({
        claim: 'partial',
        type: 'incident',
        source: 'pager',
        id: 'i',
        ...part,
        earliest: part.earliest as Record<string, string>,
      }),
    ),
);

/** Claims about one deployment through its states. */
const deploymentClaim: fc.Arbitrary<Claim> = fc
  .record({
    occurredAt: minute,
    finishedAt: minute,
    status: fc.constantFrom(
      'pending',
      'running',
      'success',
      'success',
      'failure',
      'rolled_back',
    ),
    sha: fc.constantFrom('a'.repeat(40), 'b'.repeat(40)),
    version: fc.constantFrom('1', '2'),
    deleted: fc.option(fc.constant(true), { nil: undefined }),
  })
  .map(
    ({ deleted, ...fields }): Claim => ({
      claim: 'whole',
      event: {
        type: 'deployment',
        source: 'ci',
        id: 'd',
        environment: 'production',
        repository: 'acme/shop',
        ...fields,
        ...(deleted ? { deleted } : {}),
      },
    }),
  );

const join = (claims: readonly Claim[]): FactState =>
  claims.map(factOf).reduce(joinFacts);

/** Claims of two sources about one commit, one of which tells it in parts. */
const commitClaim: fc.Arbitrary<Claim> = fc.oneof(
  fc
    .record({
      source: fc.constantFrom('git', 'x'),
      occurredAt: minute,
      committedAt: minute,
      title: fc.constantFrom('a', 'b'),
      deleted: fc.option(fc.constant(true), { nil: undefined }),
    })
    .map(
      ({ deleted, ...fields }): Claim => ({
        claim: 'whole',
        event: {
          type: 'change',
          kind: 'commit',
          id: 'c',
          repository: 'acme/shop',
          sha: 'c'.repeat(40),
          parents: [],
          ...fields,
          ...(deleted ? { deleted } : {}),
        },
      }),
    ),
  fc.record({ occurredAt: minute, committedAt: minute, pushedAt: minute }).map(
    ({ occurredAt, committedAt, pushedAt }): Claim => ({
      claim: 'partial',
      type: 'commit',
      source: 'github.com',
      id: 'c',
      occurredAt,
      fields: {
        repository: 'acme/shop',
        sha: 'c'.repeat(40),
        committedAt,
      },
      earliest: { pushedAt },
    }),
  ),
);

describe.each([
  ['incident', incidentClaim],
  ['deployment', deploymentClaim],
  ['commit', commitClaim],
])('claims about one %s', (_, claim) => {
  const claims = fc.array(claim, { minLength: 1, maxLength: 8 });

  it('add up the same in any order, with any duplicates', () => {
    fc.assert(
      fc.property(
        claims.chain(list =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray([...list, ...list], {
              minLength: list.length * 2,
            }),
          ),
        ),
        ([told, retold]) => {
          expect(canonicalJson(join(retold))).toBe(canonicalJson(join(told)));
          expect(resolveFact(join(retold))).toEqual(resolveFact(join(told)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('add up the same in any grouping', () => {
    fc.assert(
      fc.property(claims, claims, claims, (a, b, c) => {
        const left = joinFacts(joinFacts(join(a), join(b)), join(c));
        const right = joinFacts(join(a), joinFacts(join(b), join(c)));
        expect(canonicalJson(left)).toBe(canonicalJson(right));
        expect(canonicalJson(joinFacts(left, left))).toBe(canonicalJson(left));
      }),
      { numRuns: 500 },
    );
  });

  it('are all about the same fact', () => {
    fc.assert(
      fc.property(claims, list => {
        expect(new Set(list.map(factKeyOf)).size).toBe(1);
      }),
      { numRuns: 50 },
    );
  });
});

describe('what claims add up to', () => {
  const part = (
    occurredAt: number,
    fields: Record<string, unknown>,
    earliest?: Record<string, string>,
  ): Claim => ({
    claim: 'partial',
    type: 'pull_request',
    source: 'github.com',
    id: 'pr1',
    occurredAt: at(occurredAt),
    fields: { repository: 'acme/shop', number: 1, ...fields },
    ...(earliest ? { earliest } : {}),
  });
  const opened = part(0, { openedAt: at(0), headSha: 'a'.repeat(40) });

  it('waits for what a fact cannot be without', () => {
    expect(resolveFact(join([part(1, { openedAt: at(0) })]))).toEqual({
      status: 'incomplete',
      missing: ['headSha'],
    });
  });

  it('takes the newest of each field and the earliest of firsts', () => {
    const fact = resolveFact<'pull_request'>(
      join([
        part(3, { title: 'new', mergedAt: at(3) }, { firstReviewAt: at(2) }),
        part(2, { title: 'old' }, { firstReviewAt: at(1) }),
        opened,
      ]),
    );
    expect(fact).toMatchObject({
      status: 'known',
      record: {
        type: 'change',
        kind: 'pull_request',
        repository: 'github.com/acme/shop',
        title: 'new',
        mergedAt: at(3),
        firstReviewAt: at(1),
        occurredAt: at(3),
      },
    });
  });

  it('compares instants, whatever they were spelled like', () => {
    const early = '2026-02-25T08:13:20+02:00';
    const fact = resolveFact<'pull_request'>(
      join([
        part(0, { openedAt: early, headSha: 'a'.repeat(40) }),
        part(0, {}, { firstReviewAt: early }),
        part(0, {}, { firstReviewAt: '2026-02-25T06:13:21Z' }),
      ]),
    );
    expect(fact).toMatchObject({
      record: {
        openedAt: '2026-02-25T06:13:20.000Z',
        firstReviewAt: '2026-02-25T06:13:20.000Z',
      },
    });
  });

  it('forgets what came before a tombstone, and nothing that came after', () => {
    const gone: Claim = {
      claim: 'whole',
      event: {
        type: 'incident',
        source: 'pager',
        id: 'i',
        occurredAt: at(1),
        openedAt: at(0),
        deleted: true,
      },
    };
    const later: Claim = {
      claim: 'partial',
      type: 'incident',
      source: 'pager',
      id: 'i',
      occurredAt: at(2),
      fields: { openedAt: at(2) },
    };
    expect(resolveFact(join([gone]))).toEqual({ status: 'deleted' });
    expect(resolveFact(join([gone, later]))).toMatchObject({
      status: 'known',
      record: { openedAt: at(2) },
    });
  });

  it('does not take a deployment for finished that has no finish', () => {
    const fact = resolveFact(
      join([
        {
          claim: 'partial',
          type: 'deployment',
          source: 'ci',
          id: 'd',
          occurredAt: at(0),
          fields: { environment: 'production', status: 'success' },
        },
      ]),
    );
    expect(fact).toEqual({ status: 'incomplete', missing: ['finishedAt'] });
  });

  const done = (
    occurredAt: number,
    finishedAt: number,
    fields: Record<string, unknown> = {},
  ): Claim => ({
    claim: 'whole',
    event: {
      type: 'deployment',
      source: 'ci',
      id: 'd',
      environment: 'production',
      status: 'success',
      occurredAt: at(occurredAt),
      finishedAt: at(finishedAt),
      ...fields,
    },
  });
  const gone = (occurredAt: number) => done(occurredAt, 0, { deleted: true });

  it('takes the first success for the finish, and adds what is told later', () => {
    const url = 'https://ci.acme.io/1';
    expect(
      resolveFact(join([done(1, 1), done(5, 5, { url, version: '2' })])),
    ).toMatchObject({ record: { finishedAt: at(1), url, version: '2' } });
    const content = { repository: 'acme/shop', sha: 'a'.repeat(40) };
    expect(
      resolveFact(
        join([
          done(1, 1, content),
          done(5, 5, { ...content, sha: 'b'.repeat(40) }),
        ]),
      ),
    ).toMatchObject({ record: { sha: 'a'.repeat(40) } });
  });

  it('moves the finish to later by a tombstone between successes', () => {
    const claims = [done(1, 1), gone(2), done(3, 5), done(4, 6)];
    expect(resolveFact(join(claims))).toMatchObject({
      record: { finishedAt: at(5) },
    });
    // Told late, what the tombstone took back stays away.
    expect(resolveFact(join([...claims, done(2, 0)]))).toMatchObject({
      record: { finishedAt: at(5) },
    });
    expect(resolveFact(join([...claims, gone(4)]))).toEqual({
      status: 'deleted',
    });
  });

  it('knows the finish whatever tombstone comes between successes', () => {
    const time = fc.nat(6);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(time, time), { minLength: 1, maxLength: 6 }),
        fc.array(time, { maxLength: 2 }),
        (successes, graves) => {
          const claims = [
            ...successes.map(([told, end]) => done(told, end)),
            ...graves.map(gone),
          ];
          const last = Math.max(-1, ...graves);
          const left = successes.filter(([told]) => told > last);
          const fact = resolveFact<'deployment'>(join(claims));
          expect(
            fact.status === 'known' ? fact.record.finishedAt : fact.status,
          ).toBe(
            left.length === 0
              ? 'deleted'
              : at(Math.min(...left.map(([, end]) => end))),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('has been in production when it fails after a success, and not before', () => {
    const failed = (told: number) =>
      done(told, told, { status: 'failure', finishedAt: at(told) });
    expect(resolveFact(join([done(1, 1), failed(3)]))).toMatchObject({
      failedLater: true,
      record: { status: 'failure', finishedAt: at(1) },
    });
    const retried = resolveFact(join([failed(1), done(3, 3)]));
    expect(retried).toMatchObject({ record: { status: 'success' } });
    expect(retried).not.toHaveProperty('failedLater');
  });

  it('lives on by what is told after a tombstone, terminal or not', () => {
    const running = done(5, 5, { status: 'running', finishedAt: undefined });
    expect(resolveFact(join([done(1, 1), running]))).toMatchObject({
      record: { status: 'success' },
    });
    expect(resolveFact(join([done(1, 1), running, gone(2)]))).toMatchObject({
      record: { status: 'running' },
    });
  });

  it('joins what sources know of a commit, and says where they differ', () => {
    const sha = 'c'.repeat(40);
    const git: Claim = {
      claim: 'whole',
      event: {
        type: 'change',
        kind: 'commit',
        source: 'git',
        id: sha,
        occurredAt: at(0),
        repository: 'acme/shop',
        sha,
        parents: ['d'.repeat(40)],
        authoredAt: at(0),
        committedAt: at(1),
        title: 'b',
      },
    };
    const hook: Claim = {
      claim: 'partial',
      type: 'commit',
      source: 'github.com',
      id: sha,
      occurredAt: at(3),
      fields: { repository: 'acme/shop', sha, committedAt: at(1), title: 'a' },
      earliest: { pushedAt: at(3) },
    };
    const state = join([git, hook]);
    expect(resolveFact(state)).toMatchObject({
      differing: ['title'],
      record: {
        parents: ['d'.repeat(40)],
        title: 'b',
        committedAt: at(1),
        pushedAt: at(3),
      },
    });
    expect(Object.keys(state.sources).sort()).toEqual(['git', 'github.com']);
  });

  it.each(['__proto__', 'constructor', 'toString'])(
    'keeps what a source called %s told beside the others',
    source => {
      const push = (from: string, minutes: number): Claim => ({
        claim: 'whole',
        event: {
          type: 'change',
          kind: 'push',
          source: from,
          id: 'p',
          occurredAt: at(minutes),
          repository: 'acme/shop',
          ref: 'refs/heads/main',
          after: 'c'.repeat(40),
          commits: [],
        },
      });
      const claims = [push(source, 0), push('github.com', 1), push(source, 2)];
      const state = join(claims);
      expect(Object.keys(state.sources).sort()).toEqual(
        [source, 'github.com'].sort(),
      );
      expect(resolveFact(state)).toMatchObject({ record: { id: 'p' } });
      const placed = placeFact(state, () => 'acme/store').get('acme/store')!;
      expect(Object.keys(placed.sources)).toHaveLength(2);
      expect(resolveFact(placed)).toMatchObject({ record: { id: 'p' } });
    },
  );

  it('refuses an instant that is none', () => {
    expect(() => factOf(part(0, { openedAt: 'yesterday' }))).toThrow(
      'yesterday is not an instant',
    );
  });
});
