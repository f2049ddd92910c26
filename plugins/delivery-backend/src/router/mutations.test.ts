import { TestDatabases } from '@backstage/backend-test-utils';
import {
  intakeResponseSchema,
  type DeliveryEvent,
} from '@fawkes/backstage-plugin-delivery-common';
import fc from 'fast-check';
import { anyEvent } from '../__testUtils__/arbitraries';
import { expectContract } from '../__testUtils__/contract';
import { deployed } from '../__testUtils__/story';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';

/** 10,000 in a soak: FAWKES_RUNS=10000. */
const MUTATIONS = Number(process.env.FAWKES_RUNS ?? 500);
const BATCH = 50;

jest.setTimeout(60_000 + MUTATIONS * 50);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** Values that are wrong almost everywhere, and sometimes right. */
const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    '',
    ' ',
    '\u0000',
    '\ud800',
    'x'.repeat(20_000),
    '2026-13-01T00:00:00Z',
    '2026-01-01T00:00:00',
    '9999-12-31T23:59:59Z',
    'constructor',
    [],
    {},
    [[]],
    { toString: 1 },
    "'; drop table inbox; --",
    '😀'.repeat(5_000),
  ),
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
);

type Mutation = (event: Record<string, unknown>) => unknown;

const place = fc.nat(30);
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, strange).map(
    ([at, value]): Mutation =>
      event => ({ ...event, [keyAt(event, at)]: value }),
  ),
  place.map(
    (at): Mutation =>
      event => {
        const { [keyAt(event, at)]: _gone, ...rest } = event;
        return rest;
      },
  ),
  fc.tuple(fc.string({ unit: 'binary' }), strange).map(
    ([name, value]): Mutation =>
      event => ({ ...event, [name]: value }),
  ),
  fc.tuple(place, place).map(
    ([one, other]): Mutation =>
      event => ({
        ...event,
        [keyAt(event, one)]: event[keyAt(event, other)],
      }),
  ),
  fc.tuple(place, strange).map(
    ([at, value]): Mutation =>
      event => {
        const name = keyAt(event, at);
        const inside = event[name];
        return {
          ...event,
          [name]: Array.isArray(inside) ? [...inside, value] : [inside, value],
        };
      },
  ),
  strange.map(
    (value): Mutation =>
      () =>
        value,
  ),
);

function keyAt(event: object, at: number): string {
  const names = Object.keys(event);
  return names[at % names.length] ?? 'type';
}

describe.each(databases.eachSupportedId())('mutated events, %s', databaseId => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await createTestBackend({ db: await databases.init(databaseId) });
  });

  it(`are each taken or refused with a path, ${MUTATIONS} of them`, async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(anyEvent, mutation), {
          minLength: BATCH,
          maxLength: BATCH,
        }),
        async pairs => {
          const good = deployed(`good-${round++}`, '2026-06-01T00:00:00Z');
          const bad = pairs.map(([event, mutate]) =>
            mutate(event as DeliveryEvent & Record<string, unknown>),
          );
          const { status, body, text } = await backend.me.post('/events', [
            good,
            ...bad,
          ]);
          expect(status).toBe(202);
          const { results } = expectContract(intakeResponseSchema, body);
          expect(results).toHaveLength(bad.length + 1);
          expect(results[0]).toEqual({ status: 'accepted' });
          for (const result of results) {
            if (result.status !== 'rejected') continue;
            expect(result.reason).toMatch(/./);
            expect(result.path.length).toBeLessThanOrEqual(512);
          }
          expect(text).not.toMatch(
            /\bat .*\.[jt]s:\d+|insert into|select .* from/i,
          );
        },
      ),
      { numRuns: Math.ceil(MUTATIONS / BATCH) },
    );
    await backend.settle();
    const lost = await backend
      .db('inbox')
      .where({ state: 'rejected' })
      .whereIn('reason', [
        'The source failed to read it',
        'The database refused it; see the log of the backend',
      ]);
    expect(lost).toEqual([]);
    const known = await backend
      .db('deployment_facts')
      .where('ext_id', 'like', 'good-%');
    expect(known).toHaveLength(round);
  });
});
