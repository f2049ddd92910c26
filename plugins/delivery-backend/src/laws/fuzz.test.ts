import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  dayKeyOf,
  parseDeliveryEvent,
} from '@fawkes/backstage-plugin-delivery-common';
import { HOSTILE_SHAPES } from '@internal/hostile-text';
import fc from 'fast-check';
import { anyEvent, MAPPINGS, SETTINGS } from '../__testUtils__/arbitraries';
import { component } from '../__testUtils__/component';
import { createHarness, NOW, isClaim } from '../__testUtils__/harness';
import { effortOn } from '@fawkes/kit-backend-test';
import { committed, deployed, of } from '../__testUtils__/settled';
import { refreshMapping } from '../jobs/refreshMapping';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const BATCH = 20;

/** Text in the shape of an attack, around the bounds there are. */
const hostileText = fc
  .tuple(
    fc.constantFrom(...HOSTILE_SHAPES),
    fc.constantFrom(8, 40, 190, 256, 511, 1_024, 4_096, 20_000),
  )
  .map(([{ of: shaped }, length]) => shaped(length));

/** What JSON can say and senders should not, or not there. */
const value = fc.oneof(
  hostileText,
  fc.array(hostileText, { maxLength: 3 }),
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
    anyEvent.filter(told => !isClaim(told)),
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

/** Annotations of a service that lives in a repository of many. */
const annotations = fc.record(
  {
    'github.com/project-slug': fc.oneof(
      { weight: 3, arbitrary: fc.constant('acme/shop') },
      { weight: 1, arbitrary: hostileText },
    ),
    'gitlab.com/project-slug': hostileText,
    'fawkes.dev/delivery-paths': fc
      .array(
        fc.oneof(hostileText, fc.constantFrom('+(a*)b', '(a+)+b', '*a*a*a*b')),
        { maxLength: 4 },
      )
      .map(patterns => patterns.join(',')),
    'fawkes.dev/delivery-environments': hostileText.map(
      text => `production,${text}`,
    ),
  },
  { requiredKeys: [] },
);

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

  it(
    'and annotations keep no service from being derived',
    async () => {
      const harness = await createHarness(await databases.init(id), SETTINGS);
      await fc.assert(
        fc.asyncProperty(
          fc.array(annotations, { minLength: BATCH, maxLength: BATCH }),
          fc.array(hostileText, { minLength: 1, maxLength: 5 }),
          async (said, paths) => {
            await harness.clear();
            await refreshMapping({
              db: harness.db,
              catalog: catalogServiceMock({
                entities: said.map((each, n) => component(`s${n}`, each)),
              }),
              auth: mockServices.auth(),
              apply: { now: NOW, dayOf: ms => dayKeyOf(ms, 'UTC') },
            });
            const touched = committed('c2', '02T10:00', ['c1'], { paths });
            await harness.tell([
              committed('c1', '01T10:00'),
              parseDeliveryEvent(touched, NOW).ok
                ? touched
                : { ...touched, paths: [`${'a'.repeat(40)}!`] },
              ...said.flatMap((_, n) =>
                ['c1', 'c2'].map((commit, day) =>
                  deployed(`s${n}-${commit}`, `0${day + 3}T10:00`, {
                    ...of(commit),
                    service: `component:default/s${n}`,
                  }),
                ),
              ),
            ]);
            await harness.settle();
            expect(await harness.db('dirty_services')).toEqual([]);
            const rows = await harness.db('deployments').select('changes');
            expect(rows.filter(row => row.changes !== null)).toHaveLength(
              2 * BATCH,
            );
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
