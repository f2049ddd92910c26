import type { FactValues } from '../reading';

/**
 * The model once more, read off the tables of the design by hand and sharing no
 * line with the engine: where the two differ, one of them is wrong.
 */
export function reference(facts: FactValues) {
  const f = facts as Record<string, any>;
  const int = (x: unknown) =>
    typeof x === 'number' && Number.isInteger(x) && x >= 0;
  const bool = (x: unknown) => x === true || x === false;
  const object = (x: unknown) => typeof x === 'object' && x !== null;
  const gone: string[] = [];
  const unknown = (...pairs: Array<[string, boolean]>) => {
    const bad = pairs.filter(([, ok]) => !ok).map(([name]) => name);
    gone.push(...bad);
    return bad.length > 0;
  };

  let blast = 1000;
  const tooMany =
    int(f.dependents) &&
    int(f.tier1Dependents) &&
    f.tier1Dependents > f.dependents;
  if (
    !unknown(
      ['dependents', int(f.dependents)],
      ['tier1Dependents', int(f.tier1Dependents) && !tooMany],
    )
  ) {
    const d = f.dependents;
    if (d === 0) blast = 0;
    else if (d <= 2) blast = 200;
    else if (d <= 5) blast = 400;
    else if (d <= 15) blast = 600;
    else if (d <= 50) blast = 800;
    if (f.tier1Dependents > 0) blast = Math.min(1000, blast + 200);
  }
  const classes: Record<string, number> = {
    dev: 0,
    test: 100,
    staging: 300,
    production: 800,
  };
  const inProduction = f.environment === 'production';
  let environment = 1000;
  if (
    !unknown(
      [
        'environment',
        ['dev', 'test', 'staging', 'production'].includes(f.environment),
      ],
      ['tier1Target', !inProduction || bool(f.tier1Target)],
    )
  ) {
    environment = inProduction && f.tier1Target ? 1000 : classes[f.environment];
  }
  let size = 1000;
  if (
    !unknown(
      ['changedLines', int(f.changedLines)],
      ['structural', bool(f.structural)],
    )
  ) {
    const l = f.changedLines;
    if (l <= 20) size = 0;
    else if (l <= 100) size = 200;
    else if (l <= 400) size = 450;
    else if (l <= 1000) size = 700;
    if (f.structural && size < 600) size = 600;
  }
  let tests = 1000;
  if (!unknown(['tests', object(f.tests)])) {
    const { cases, failed, skipped } = f.tests;
    const all = int(cases) && int(failed) && int(skipped);
    const sane =
      !all || (cases > 0 && skipped < cases && failed + skipped <= cases);
    if (
      !unknown(
        ['tests.cases', int(cases) && sane],
        ['tests.failed', int(failed)],
        ['tests.skipped', int(skipped)],
      ) &&
      failed === 0
    ) {
      tests = 10 * skipped > cases ? 500 : 0;
    }
  }
  const found: Record<string, number> = {
    none: 0,
    low: 100,
    medium: 300,
    high: 700,
    critical: 1000,
    'critical-excepted': 900,
  };
  const known = typeof f.security === 'string' && f.security in found;
  let security = 1000;
  if (
    !unknown(
      ['security', known],
      ['scanAgeHours', int(f.scanAgeHours) && f.scanAgeHours <= 168],
    )
  ) {
    security = found[f.security];
  }
  let rate = 1000;
  const [n, k] = [f.deployments90d, f.failed90d];
  if (
    !unknown(
      ['deployments90d', int(n)],
      ['failed90d', int(k) && !(int(n) && k > n)],
    )
  ) {
    const p = Math.floor((1000 * (k + 1)) / (n + 10));
    rate = Math.max(0, Math.min(1000, 4 * (p - 50)));
  }
  let rollback = 1000;
  if (!unknown(['rollback', object(f.rollback)])) {
    const { strategy, irreversible, rehearsedHoursAgo: ago } = f.rollback;
    if (
      !unknown(
        [
          'rollback.strategy',
          ['automated', 'manual', 'none'].includes(strategy),
        ],
        ['rollback.irreversible', bool(irreversible)],
        ['rollback.rehearsedHoursAgo', ago === null || int(ago)],
      ) &&
      !irreversible &&
      strategy !== 'none'
    ) {
      if (ago !== null && ago <= 720) rollback = 0;
      else rollback = strategy === 'automated' ? 300 : 600;
    }
  }
  const windows: Record<string, number> = {
    allowed: 0,
    'business-hours': 300,
    'off-hours': 600,
    conflict: 800,
    freeze: 1000,
  };
  const window = unknown([
    'window',
    typeof f.window === 'string' && f.window in windows,
  ])
    ? 1000
    : windows[f.window];
  let privileged = 1000;
  if (!unknown(['privileged', bool(f.privileged)]) && !f.privileged)
    privileged = 0;
  const ends: Record<string, number> = {
    none: 0,
    deprecated: 500,
    'end-of-life': 1000,
  };
  const deprecated = unknown([
    'deprecated',
    typeof f.deprecated === 'string' && f.deprecated in ends,
  ])
    ? 1000
    : ends[f.deprecated];
  unknown(['exceptionsUsed', int(f.exceptionsUsed)]);

  const floors: Array<[string, number]> = [];
  const production = environment >= 800;
  if (privileged === 1000) floors.push(['privileged', 55_000]);
  if (production && rollback === 1000)
    floors.push(['noRollbackInProduction', 55_000]);
  if (f.security === 'critical' || (production && security === 1000))
    floors.push(['critical', 80_000]);
  if (security === 900) floors.push(['criticalExcepted', 51_000]);
  if (production && tests === 1000)
    floors.push(['testsNotPassingInProduction', 51_000]);
  if (window === 1000) floors.push(['freeze', 60_000]);
  const noTier1 = f.tier1Dependents === 0;
  if (!noTier1 && f.structural !== false)
    floors.push(['tier1Structural', 55_000]);
  if (f.exceptionsUsed !== 0) floors.push(['exceptionUsed', 51_000]);

  const weighted =
    22 * blast +
    13 * environment +
    9 * size +
    12 * tests +
    12 * security +
    9 * rate +
    10 * rollback +
    5 * window +
    5 * privileged +
    3 * deprecated;
  const score = Math.max(weighted, ...floors.map(([, milli]) => milli));
  let route = 'board-major';
  if (score <= 25_000) route = 'automatic';
  else if (score <= 50_000) route = 'peer';
  else if (score <= 75_000) route = 'board';
  return {
    weighted,
    score,
    route,
    missing: gone.sort(),
    floors: floors.map(([id]) => id).sort(),
  };
}
