import fc from 'fast-check';
import type { ChangeRow, DeploymentRow, IncidentRow } from '../rows';

/** A successful deployment in which nothing went wrong. */
export function deployment(
  finishedAt: number | string,
  over: Partial<DeploymentRow> = {},
): DeploymentRow {
  const at = ms(finishedAt);
  return {
    factKey: `deployment-${at}`,
    service: 'component:default/shop',
    finishedAt: at,
    success: true,
    reached: true,
    failed: false,
    rework: false,
    recoveredAt: null,
    detectedAt: null,
    gapSeconds: null,
    ...over,
  };
}

export function change(
  startedAt: number | string | null,
  finishedAt: number | string,
  stages: ChangeRow['stages'] = {},
): ChangeRow {
  return {
    service: 'component:default/shop',
    startedAt: startedAt === null ? null : ms(startedAt),
    finishedAt: ms(finishedAt),
    stages,
  };
}

export function ms(instant: number | string): number {
  return typeof instant === 'number' ? instant : Date.parse(instant);
}

const MARCH = Date.parse('2026-03-01T00:00:00Z');
const MAY = Date.parse('2026-05-01T00:00:00Z');

/** Instants over two months that hold a clock change in most zones. */
export const instants = fc.integer({ min: MARCH, max: MAY });
const maybe = fc.option(instants, { nil: null });

/** Rows as odd as real life: reviews before openings, starts after finishes. */
export const rowsArbitrary = fc.record({
  deployments: fc.array(
    fc
      .record({
        fact: fc.integer({ min: 0, max: 15 }),
        service: fc.constantFrom('component:default/a', 'component:default/b'),
        status: fc.constantFrom('success', 'rolled_back', 'failure'),
        failed: fc.boolean(),
        rework: fc.boolean(),
        recoveredAt: maybe,
        detectedAt: maybe,
        gapSeconds: fc.option(fc.nat(1_000_000), { nil: null }),
      })
      .map(
        ({ fact, status, ...row }): DeploymentRow => ({
          ...row,
          factKey: `fact-${fact}`,
          finishedAt: MARCH + fact * 100_000_000,
          success: status === 'success',
          reached: status !== 'failure',
        }),
      ),
    { maxLength: 30 },
  ),
  changes: fc.array(
    fc.record<ChangeRow>({
      service: fc.constantFrom('component:default/a', 'component:default/b'),
      finishedAt: instants,
      startedAt: maybe,
      stages: fc.record(
        {
          openedAt: maybe,
          readyAt: maybe,
          firstReviewAt: maybe,
          approvedAt: maybe,
          mergedAt: maybe,
        },
        { requiredKeys: [] },
      ),
    }),
    { maxLength: 30 },
  ),
  incidents: fc.array(
    fc.record<IncidentRow>({ openedAt: instants, resolvedAt: maybe }),
    { maxLength: 10 },
  ),
});

/** Durations in whole seconds, from nothing to years. */
export const secondsArbitrary = fc.array(
  fc.oneof(
    fc.nat(120),
    fc.nat(100_000),
    fc.nat(300_000_000),
    fc.constantFrom(0, 1, 3_600, 86_400),
  ),
  { maxLength: 200 },
);

/** Numbers of 0..1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
