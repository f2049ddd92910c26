import { TestDatabases } from '@backstage/backend-test-utils';
import {
  mergeTallies,
  tallyDays,
  tallyToJson,
  toSketchTally,
  TALLY_COUNTS,
  TALLY_SAMPLES,
  type Tally,
} from '@fawkes/backstage-plugin-delivery-common';
import { canonicalJson } from '@fawkes/kit-contract';
import fc from 'fast-check';
import {
  MAPPINGS,
  retold,
  SERVICES,
  SETTINGS,
  START,
} from '../__testUtils__/arbitraries';
import { createHarness, NOW, type Harness } from '../__testUtils__/harness';
import { referenceOf, type Reference } from '../__testUtils__/reference';
import { effortOn } from '@fawkes/kit-backend-test';
import type { TallyQuestion } from '../measure/tallyQuestion';
import { tallyFromRollups, tallyFromRows } from '../measure/tallyScope';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const HOUR_MS = 3_600_000;

/** Questions whose windows begin and end anywhere, also inside of days. */
const question: fc.Arbitrary<TallyQuestion> = fc
  .record({
    services: fc.subarray(SERVICES, { minLength: 1 }),
    from: fc.integer({ min: -24, max: 200 }),
    hours: fc.integer({ min: 1, max: 300 }),
    unit: fc.constantFrom('commit', 'pull_request'),
    start: fc.constantFrom('committed', 'authored', 'opened', 'merged'),
    recoveryFrom: fc.constantFrom('finished', 'detected'),
    environment: fc.constantFrom(undefined, undefined, 'production'),
    tz: fc.constantFrom('Europe/Berlin', 'UTC', 'America/St_Johns'),
  })
  .map(({ from, hours, ...rest }) => ({
    ...rest,
    others: [],
    deployments: 0,
    fromMs: START + from * HOUR_MS,
    toMs: START + (from + hours) * HOUR_MS,
    asOfMs: NOW,
    withSandbox: rest.services.length === 1,
    byMonth: false,
  }));

const texts = (tallies: ReadonlyMap<string, Tally>) =>
  [...tallies]
    .map(([day, tally]) => `${day} ${canonicalJson(tallyToJson(tally))}`)
    .sort();

describe.each(databases.eachSupportedId())('differential, %s', id => {
  const { params, timeout } = effortOn(id, { sqlite: 15, postgres: 5 });
  let harness: Harness;
  beforeAll(async () => {
    harness = await createHarness(await databases.init(id), SETTINGS);
  });

  const told = async (
    batches: readonly { events: object[]; settle: boolean }[],
  ) => {
    await harness.clear();
    await harness.map(...MAPPINGS);
    for (const batch of batches) {
      await harness.tell(batch.events);
      if (batch.settle) await harness.settle();
    }
    await harness.settle();
  };

  it(
    'counts rows as a plain reading of the definitions does',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          retold,
          fc.array(question, { minLength: 4, maxLength: 8 }),
          async ({ events, batches }, questions) => {
            await told(batches);
            const reference = referenceOf(events, MAPPINGS, harness.config);
            for (const asked of questions) {
              expect(
                texts(await tallyFromRows(harness.db, asked, harness.config)),
              ).toEqual(texts(answer(reference, asked, harness)));
            }
          },
        ),
        params,
      );
    },
    timeout,
  );

  it(
    'rolls up what rows say: counts exactly, percentiles within 1 %',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          retold,
          fc.array(question, { minLength: 4, maxLength: 8 }),
          async ({ batches }, questions) => {
            await told(batches);
            const known = await knownServices(harness);
            for (const asked of questions) {
              const wide = widened(asked, known, harness);
              const exact = await tallyFromRows(
                harness.db,
                wide,
                harness.config,
              );
              const rolled = await tallyFromRollups(
                harness.db,
                wide,
                harness.config,
              );
              for (const day of new Set([...exact.keys(), ...rolled.keys()])) {
                expect(broken(rolled.get(day), exact.get(day))).toEqual([]);
              }
              expect(
                broken(
                  mergeTallies(rolled.values()),
                  mergeTallies(exact.values()),
                ),
              ).toEqual([]);
            }
          },
        ),
        params,
      );
    },
    timeout,
  );

  it(
    'adds months up to what their days say',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          retold,
          fc.array(fc.tuple(question, fc.nat(40), fc.nat(70)), {
            minLength: 4,
            maxLength: 8,
          }),
          async ({ batches }, questions) => {
            await told(batches);
            const known = await knownServices(harness);
            for (const [asked, earlier, later] of questions) {
              const wide = widened(asked, known, harness);
              wide.fromMs -= earlier * 24 * HOUR_MS;
              wide.toMs += later * 24 * HOUR_MS;
              const [byDay, byMonth] = [
                await tallyFromRollups(harness.db, wide, harness.config),
                await tallyFromRollups(
                  harness.db,
                  { ...wide, byMonth: true },
                  harness.config,
                ),
              ];
              expect(deploymentsOf(byMonth)).toEqual(deploymentsOf(byDay));
              expect(texts(monthsOf(byMonth))).toEqual(texts(monthsOf(byDay)));
            }
          },
        ),
        params,
      );
    },
    timeout,
  );
});

async function knownServices({ db }: Harness): Promise<string[]> {
  const rows = await db('service_facts').distinct('service_ref');
  return rows.map(row => row.service_ref);
}

/** The question as roll-ups can answer it. */
function widened(
  asked: TallyQuestion,
  known: readonly string[],
  { config }: Harness,
): TallyQuestion {
  return {
    ...asked,
    start: 'committed',
    recoveryFrom: 'finished',
    environment: undefined,
    withSandbox: false,
    tz: config.timezone,
    others: known.filter(service => !asked.services.includes(service)),
  };
}

function deploymentsOf(days: ReadonlyMap<string, Tally>): string[] {
  return [...days]
    .filter(([, { deployments }]) => deployments !== 0)
    .map(([day, { deployments }]) => `${day} ${deployments}`)
    .sort();
}

/** As sketches, because a day that was put right may be exact and its month not. */
function monthsOf(days: ReadonlyMap<string, Tally>): Map<string, Tally> {
  const months = new Map<string, Tally>();
  for (const [day, tally] of days) {
    const month = day.slice(0, 7);
    const sum = months.get(month);
    months.set(
      month,
      toSketchTally(mergeTallies(sum ? [sum, tally] : [tally])),
    );
  }
  return months;
}

function answer(
  reference: Reference,
  asked: TallyQuestion,
  { config }: Harness,
): Map<string, Tally> {
  const services = new Set(asked.services);
  const inside = (at: number) => at >= asked.fromMs && at < asked.toMs;
  const own = (row: {
    service: string;
    finishedAt: number;
    sandbox: boolean;
    environment: string;
  }) =>
    services.has(row.service) &&
    inside(row.finishedAt) &&
    (asked.withSandbox || !row.sandbox) &&
    (asked.environment === undefined || row.environment === asked.environment);
  return tallyDays(
    {
      deployments: reference.deployments.filter(own),
      changes: reference.changes
        .filter(row => own(row) && row.unit === asked.unit)
        .map(row => ({ ...row, startedAt: row.starts[asked.start] })),
      incidents: reference.incidents.filter(
        row =>
          services.has(row.service) &&
          inside(row.openedAt) &&
          (asked.withSandbox || !config.sandboxSources.has(row.source)),
      ),
    },
    { tz: asked.tz, asOf: asked.asOfMs, recoveryFrom: asked.recoveryFrom },
  );
}

/** What a roll-up promises about a tally and does not keep. */
function broken(rolled: Tally | undefined, exact: Tally | undefined): string[] {
  const [approximate, right] = [rolled, exact].map(
    tally => tally ?? mergeTallies([]),
  );
  const plain = (tally: Tally) =>
    canonicalJson({
      counts: TALLY_COUNTS.map(name => [name, tally[name]]),
      stages: tally.stages,
      samples: TALLY_SAMPLES.map(name => [
        name,
        tally[name].count,
        tally[name].sum,
      ]),
    });
  const faults = TALLY_SAMPLES.flatMap(name =>
    [0, 0.5, 0.9, 1].flatMap(p => {
      const near = approximate[name].quantile(p) ?? -1;
      const known = right[name].quantile(p) ?? -1;
      return Math.abs(near - known) <= Math.abs(known) * 0.01 + 1e-9
        ? []
        : [`p${p} of ${name}: ${near} for ${known}`];
    }),
  );
  return plain(approximate) === plain(right)
    ? faults
    : [`${plain(approximate)} for ${plain(right)}`, ...faults];
}
