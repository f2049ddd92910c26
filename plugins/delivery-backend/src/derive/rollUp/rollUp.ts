import type { Knex } from 'knex';
import {
  addDays,
  dayStartOf,
  emptyTally,
  subtractTallies,
  SWITCHES,
  tallyDays,
  tallyFromJson,
  tallyToJson,
  toSketchTally,
  type Tally,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  forUpdate,
  insertRows,
  inTransaction,
  select,
} from '@fawkes/kit-backend/sql';
import { lock, ROLLUPS_LOCK } from '../../store/locks';
import {
  countedForItself,
  readChangeRows,
  readDeploymentRows,
  readIncidentRows,
} from '../../store/metricRows';
import { tables, type Stored } from '../../store/tables';
import type { DeriveSettings } from '../deriveContext';
import { addToSums } from './addToSums';

/** What rolling up depends on besides the rows. */
type RollUpContext = Pick<DeriveSettings, 'timezone' | 'sandboxSources'>;

const UNITS = SWITCHES.unit;

/**
 * Rolls stale (service, day) pairs up: the day of the service is tallied anew
 * from rows, and the day and month of everything get the difference. Sketches subtract
 * as exactly as they add, so this never drifts.
 *
 * @returns how many pairs were rolled up; 0 = nothing waits
 */
export async function rollUp(
  db: Knex,
  limit: number,
  context: RollUpContext,
): Promise<number> {
  return inTransaction(db, async tx => {
    await lock(tx, [ROLLUPS_LOCK], 'shared');
    const stale = await forUpdate(
      tx,
      select(
        tx('dirty_days').orderBy(['since', 'service_ref', 'day']).limit(limit),
        tables.dirtyDays,
        'service_ref',
        'day',
      ),
      { skipLocked: true },
    );
    if (stale.length === 0) return 0;
    const differences = new Map<string, Tally[]>();
    for (const { services, days } of together(stale)) {
      await rollServices(tx, services, days, context, differences);
      await tx('dirty_days')
        .whereIn('service_ref', services)
        .whereIn('day', days)
        .delete();
    }
    await addToSums(tx, 'rollupDays', differences);
    await addToSums(tx, 'rollupMonths', differences);
    return stale.length;
  });
}

/** Services that are rolled up in one go, and their days in order. */
interface Together {
  services: string[];
  days: string[];
}

/** Days of a service whose rows are in memory at the same time. */
const SOME_DAYS = 100;

/**
 * News of the day are rolled up for all services that have any; a service with
 * several stale days by itself, some days at a time, because all between them is
 * read.
 */
function together(
  stale: ReadonlyArray<{ service_ref: string; day: string }>,
): Together[] {
  const byService = new Map<string, string[]>();
  for (const { service_ref, day } of stale) {
    byService.set(service_ref, [...(byService.get(service_ref) ?? []), day]);
  }
  const byDay = new Map<string, string[]>();
  const alone: Together[] = [];
  for (const [service, days] of byService) {
    if (days.length > 1) {
      days.sort();
      for (let start = 0; start < days.length; start += SOME_DAYS) {
        const slice = days.slice(start, start + SOME_DAYS);
        alone.push({ services: [service], days: slice });
      }
    } else {
      byDay.set(days[0], [...(byDay.get(days[0]) ?? []), service]);
    }
  }
  return [
    ...[...byDay].map(([day, services]) => ({ services, days: [day] })),
    ...alone,
  ];
}

async function rollServices(
  tx: Knex.Transaction,
  services: readonly string[],
  days: readonly string[],
  context: RollUpContext,
  differences: Map<string, Tally[]>,
): Promise<void> {
  const { timezone } = context;
  const filter = {
    services,
    fromMs: dayStartOf(days[0], timezone),
    toMs: dayStartOf(addDays(days[days.length - 1], 1), timezone),
    withSandbox: false,
  };
  // One by one: what shares its name may lie on another day, and is settled
  // when it is asked for.
  const deployments = perService(
    (await readDeploymentRows(tx, filter)).map(countedForItself),
  );
  const incidents = perService(
    await readIncidentRows(tx, {
      ...filter,
      sandboxSources: context.sandboxSources,
    }),
  );
  const before = new Map<string, Tally>(
    (
      await select(
        tx('rollup_service_days')
          .whereIn('service_ref', [...services])
          .whereIn('unit', [...UNITS])
          .whereIn('day', [...days]),
        tables.rollupServiceDays,
      )
    ).map(row => [
      nameOf(row.service_ref, row.unit, row.day),
      tallyFromJson(JSON.parse(row.tally)),
    ]),
  );
  const rows: Array<Stored<'rollupServiceDays'>> = [];
  for (const unit of UNITS) {
    const changes = perService(
      await readChangeRows(tx, filter, unit, 'committed'),
    );
    for (const service of services) {
      const tallies = tallyDays(
        {
          deployments: deployments.get(service) ?? [],
          changes: changes.get(service) ?? [],
          incidents: incidents.get(service) ?? [],
        },
        { tz: timezone, asOf: null, recoveryFrom: 'finished' },
      );
      for (const day of days) {
        const now = toSketchTally(tallies.get(day) ?? emptyTally());
        const was =
          before.get(nameOf(service, unit, day)) ?? toSketchTally(emptyTally());
        const key = `${unit} ${day}`;
        const list = differences.get(key) ?? [];
        list.push(subtractTallies(now, was));
        differences.set(key, list);
        const tally = JSON.stringify(tallyToJson(now));
        rows.push({ service_ref: service, day, unit, tally });
      }
    }
  }
  await insertRows(tx, tables.rollupServiceDays, rows, { update: ['tally'] });
}

/** Neither unit nor day has a space in it. */
function nameOf(service: string, unit: string, day: string): string {
  return `${unit} ${day} ${service}`;
}

function perService<T extends { service: string | null }>(
  rows: readonly T[],
): Map<string | null, T[]> {
  const byService = new Map<string | null, T[]>();
  for (const row of rows) {
    const list = byService.get(row.service);
    if (list) list.push(row);
    else byService.set(row.service, [row]);
  }
  return byService;
}
