import type { Knex } from 'knex';
import { openKnex } from '../../lib/databases';
import { atLeast, percentile, spread } from '../../lib/figures';
import { askMetrics, DAYS_365 } from './ask';
import type { MeasureContext } from './context';

const TIMES_FASTER = 5;

/** What a plain query answers: one window, no series, no previous period. */
interface Plain {
  successes: number;
  reached: number;
  failed: number;
  changes: number;
  p50: number;
  p90: number;
}

/**
 * Puts the organisation view beside exact SQL over the same rows, with the best
 * index for it, and compares both the time and the numbers. The SQL answers
 * less than the view does: one window and no course over time.
 */
export async function compareWithPlainQuery(
  { data, backend, findings, options }: MeasureContext,
  view: readonly number[],
): Promise<void> {
  if (data.address.dialect !== 'pg') return;
  const db = openKnex(data.address);
  try {
    await db.raw(
      `create index if not exists bench_links_window on links (finished_at)
        include (committed_at) where counted and kind = 'commit'`,
    );
    await db.raw('vacuum analyze links');
    const times: number[] = [];
    let plain = await askPlainly(db);
    const repetitions = data.world.scale > 0.2 ? 30 : options.repetitions;
    for (let i = 0; i < repetitions; i++) {
      const from = performance.now();
      plain = await askPlainly(db);
      times.push(performance.now() - from);
    }
    await db.raw('drop index bench_links_window');

    const { metrics } = await askMetrics(backend, DAYS_365);
    const counts = [
      [metrics.deploymentFrequency.deployments, plain.successes],
      [metrics.changeFailRate.finished, plain.reached],
      [metrics.changeFailRate.failed, plain.failed],
      [metrics.leadTime.count, plain.changes],
    ];
    const exact = counts.every(([a, b]) => a === b);
    const off = Math.max(
      ...(
        [
          [metrics.leadTime.p50.value, plain.p50],
          [metrics.leadTime.p90.value, plain.p90],
        ] as const
      ).map(([a, b]) => Math.abs((a ?? NaN) / b - 1)),
    );
    findings.figures.push(
      {
        what: '… beside a plain exact indexed query on the same rows',
        target: `≥ ${TIMES_FASTER}× faster`,
        measured: `query ${spread(times)}; ${(
          percentile(times, 0.5) / percentile(view, 0.5)
        ).toFixed(1)}× at p50`,
        verdict: atLeast(
          percentile(times, 0.5) / percentile(view, 0.5),
          TIMES_FASTER,
        ),
      },
      {
        what: '… its numbers beside the exact ones',
        target: 'counts exact, p50/p90 within 1 %',
        measured: `counts ${
          exact ? 'equal' : JSON.stringify(counts)
        }; p50/p90 off by ${(100 * off).toFixed(2)} %`,
        verdict: exact && off <= 0.01 ? 'meets it' : 'misses it',
      },
    );
  } finally {
    await db.destroy();
  }
}

async function askPlainly(db: Knex): Promise<Plain> {
  const window = [Date.parse(DAYS_365.from), Date.parse(DAYS_365.to)];
  const [deployments, changes] = await Promise.all([
    db.raw(
      `select count(*) filter (where success) as successes, count(*) as reached,
          count(*) filter (where failed) as failed
        from (select bool_or(success) as success, bool_or(failed) as failed
          from deployments
          where production and reached and not sandbox and at >= ? and at < ?
          group by source, environment, ext_id) once`,
      window,
    ),
    db.raw(
      `select count(*) as changes,
          percentile_cont(array[0.5, 0.9]) within group
            (order by greatest(0, (finished_at - committed_at) / 1000)) as lead
        from links
        where counted and kind = 'commit' and finished_at >= ? and finished_at < ?`,
      window,
    ),
  ]);
  const { successes, reached, failed } = deployments.rows[0];
  const { changes: count, lead } = changes.rows[0];
  return {
    successes: Number(successes),
    reached: Number(reached),
    failed: Number(failed),
    changes: Number(count),
    p50: lead[0],
    p90: lead[1],
  };
}
