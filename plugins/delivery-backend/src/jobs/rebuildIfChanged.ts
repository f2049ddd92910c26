import type { Knex } from 'knex';
import { canonicalJson } from '@fawkes/kit-contract';
import { insertRows, inTransaction } from '@fawkes/kit-backend/sql';
import type { DeliveryConfig } from '../config';
import { lock, ROLLUPS_LOCK } from '../store/locks';
import { beginRebuild } from '../store/rebuild';
import { tables } from '../store/tables';

/** Raised when the rules change, so that derived rows are made anew. */
const RULES_VERSION = 5;

/**
 * Marks everything for derivation when the settings or the rules are not those
 * the derived rows were made with. Derived rows are never migrated: they are
 * made again from the facts. The roll-ups of before answer until those days have
 * been rolled up anew.
 *
 * @returns whether a rebuild was ordered
 */
export async function rebuildIfChanged(
  db: Knex,
  config: DeliveryConfig,
  now: number,
): Promise<boolean> {
  const value = canonicalJson({
    rules: RULES_VERSION,
    timezone: config.timezone,
    production: config.productionPattern.source,
    incidentWindowMs: config.incidentWindowMs,
    countMerges: config.countMerges,
    countBots: config.countBots,
    bots: [...config.bots.terms].sort(),
    incidents: [...config.incidents.terms].sort(),
    countJobs: config.countJobs,
    hotfixLabel: config.hotfixLabel.source,
    hotfixBranch: config.hotfixBranch.source,
    sandbox: [...config.sandboxSources].sort(),
  });
  return inTransaction(db, async tx => {
    await lock(tx, [ROLLUPS_LOCK], 'alone');
    const stored = await tx('derived_settings')
      .where('name', 'settings')
      .first('value');
    if (stored?.value === value) return false;
    await insertRows(
      tx,
      tables.derivedSettings,
      [{ name: 'settings', value }],
      { update: ['value'] },
    );
    if (stored && zoneOf(stored.value) !== config.timezone) {
      // Days that begin at another hour are other days.
      await tx('rollup_service_days').delete();
      await tx('rollup_days').delete();
      await tx('rollup_months').delete();
      await tx('dirty_days').delete();
    }
    await tx.raw(
      `insert into dirty_services (service_ref, from_at, since)
        select service, 0, ? from (
          select service_ref as service from deployments
          union select service from deployment_facts where service <> ''
          union select service from incidents where service is not null
          union select service_ref from services) everyone
        where true
        on conflict (service_ref) do update
          set from_at = 0, judge_from = 0, since = excluded.since`,
      [now],
    );
    if (stored) await beginRebuild(tx, now);
    return stored !== undefined;
  });
}

function zoneOf(settings: string): unknown {
  return JSON.parse(settings).timezone;
}
