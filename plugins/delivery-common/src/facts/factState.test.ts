import fc from 'fast-check';
import { canonicalJson } from '@fawkes/kit-contract';
import type { Claim } from './claim';
import { factKeyOf } from './factKey';
import { factOf, joinFacts, resolveFact, type FactState } from './factState';

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
    status: fc.constantFrom('pending', 'running', 'success', 'rolled_back'),
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
        ...fields,
        ...(deleted ? { deleted } : {}),
      },
    }),
  );

const join = (claims: readonly Claim[]): FactState =>
  claims.map(factOf).reduce(joinFacts);

describe.each([
  ['incident', incidentClaim],
  ['deployment', deploymentClaim],
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

  it('refuses an instant that is none', () => {
    expect(() => factOf(part(0, { openedAt: 'yesterday' }))).toThrow(
      'yesterday is not an instant',
    );
  });
});
