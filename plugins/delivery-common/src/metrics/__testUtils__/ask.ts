import type { DeploymentRow } from '../rows';
import { summarise, type SummariseInput, type Summary } from '../summarise';
import { tallyDays, type TallyRows } from '../tallyDays';
import { previousWindow, resolveWindow } from '../window';
import { deployment, ms } from './rows';

export const LONG_AGO = Date.parse('2025-01-01T00:00:00Z');

/** Asks about some rows; those before the window are its previous period. */
export function ask(
  rows: Partial<TallyRows>,
  query: { from: string; to: string; now?: string },
  over: Partial<SummariseInput> = {},
): Summary {
  const window = resolveWindow({
    ...query,
    tz: 'UTC',
    now: ms(query.now ?? '2026-06-01T00:00:00Z'),
  });
  const before = previousWindow(window);
  const within = ({ fromMs, toMs }: typeof window) => {
    const inside = (at: number) => at >= fromMs && at < toMs;
    return tallyDays(
      {
        deployments: (rows.deployments ?? []).filter(it =>
          inside(it.finishedAt),
        ),
        changes: (rows.changes ?? []).filter(it => inside(it.finishedAt)),
        incidents: (rows.incidents ?? []).filter(it => inside(it.openedAt)),
      },
      { tz: 'UTC', asOf: window.asOfMs, recoveryFrom: 'finished' },
    );
  };
  return summarise({
    days: within(window),
    previousDays: within(before),
    window,
    firstFactAt: LONG_AGO,
    bandTable: '2023',
    ...over,
  });
}

export const week = { from: '2026-03-02', to: '2026-03-09' };
export const deploymentsOn = (
  count: number,
  day: string,
  over: (index: number) => Partial<DeploymentRow> = () => ({}),
) =>
  Array.from({ length: count }, (_, index) =>
    deployment(ms(`${day}T08:00:00Z`) + index * 60_000, over(index)),
  );
