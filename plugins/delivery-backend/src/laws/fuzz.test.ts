import { TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { anyEvent, MAPPINGS, SETTINGS } from '../__testUtils__/arbitraries';
import { createHarness } from '../__testUtils__/harness';
import { effortOn } from '../__testUtils__/runs';
import { committed, deployed } from '../__testUtils__/settled';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const BATCH = 20;

/** What JSON can say and senders should not, or not there. */
const value = fc.oneof(
  fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 }),
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.string({ unit: 'binary', minLength: 190, maxLength: 600 }),
  fc.constantFrom(
    '\u0000',
    '\ud800',
    'x\udfffx',
    '\\u0000',
    "'; drop table inbox; --",
    '__proto__',
    'https://acme.io/\u0000',
    'İ'.repeat(200),
    '9999-12-31T23:59:59-01:00',
    '1970-01-01T00:00:00+14:00',
    2 ** 53,
    -0,
    1e308,
  ),
);

/** An event with some of its fields replaced, added or taken away. */
const mutant = fc
  .tuple(
    anyEvent,
    fc.array(
      fc.record({
        at: fc.nat(40),
        how: fc.constantFrom('replace', 'replace', 'add', 'remove'),
        name: fc.constantFrom('title', 'url', 'version', 'correlationId', 'x'),
        value,
      }),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([event, mutations]) => {
    const fields: Record<string, unknown> = { ...event };
    for (const { at, how, name, value: put } of mutations) {
      const names = Object.keys(fields);
      const field = how === 'add' ? name : names[at % names.length];
      if (how === 'remove') delete fields[field];
      else fields[field] = put;
    }
    return fields;
  });

describe.each(databases.eachSupportedId())('hostile events, %s', id => {
  const { params, timeout } = effortOn(id, { sqlite: 300, postgres: 200 });
  const numRuns = Math.ceil(params.numRuns / BATCH);

  it(
    'are taken or refused with a path, one by one, and never stop the others',
    async () => {
      const harness = await createHarness(await databases.init(id), SETTINGS);
      await harness.map(...MAPPINGS);
      let round = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(mutant, { minLength: BATCH, maxLength: BATCH }),
          async mutants => {
            round += 1;
            const good = deployed(`good-${round}`, '02T10:00');
            const { results } = await harness.tell([...mutants, good]);
            expect(results).toHaveLength(BATCH + 1);
            expect(
              results.filter(
                result =>
                  !['accepted', 'duplicate'].includes(result.status) &&
                  !(
                    result.status === 'rejected' &&
                    typeof result.path === 'string' &&
                    result.reason !== ''
                  ),
              ),
            ).toEqual([]);
            expect(results[BATCH].status).toBe('accepted');

            await harness.settle();
            const inbox = harness.db('inbox');
            expect(await inbox.clone().where('state', 'received')).toEqual([]);
            // What was taken is never refused afterwards.
            expect(
              await inbox
                .clone()
                .where('state', 'rejected')
                .whereNotNull('processed_at')
                .where('reason', 'like', '%database%')
                .select('payload'),
            ).toEqual([]);
            expect(
              await harness.db('deployments').where('ext_id', good.id),
            ).toHaveLength(1);
          },
        ),
        { ...params, numRuns },
      );
    },
    timeout,
  );

  it('are refused when they are nested a hundred thousand levels deep', async () => {
    const harness = await createHarness(await databases.init(id), SETTINGS);
    const deep: unknown = JSON.parse(
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    );
    const { results } = await harness.tell([
      { ...committed('c', '02T10:00'), paths: deep },
      { nonsense: deep },
      deep,
      committed('c', '02T10:00'),
    ]);
    expect(
      results.map(result =>
        result.status === 'rejected' ? result.path : result.status,
      ),
    ).toEqual(['paths[0]', 'type', '', 'accepted']);
  });
});
