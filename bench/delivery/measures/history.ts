import { amount, atLeast, percentile } from '../../lib/figures';
import type { MeasureContext } from './context';

const COMMITS_PER_SECOND = 20_000;
const RUNS = 5;

/** How quickly a backfill tells the history of repositories nobody knew. */
export async function measureHistory({
  backend,
  findings,
  options,
  say,
}: MeasureContext): Promise<void> {
  const rates: number[] = [];
  for (let run = -1; run < RUNS; run++) {
    const commits =
      run < 0 ? Math.round(options.commits / 10) : options.commits;
    const seconds = await backend.order({
      order: 'history',
      commits,
      repository: `github.com/acme/history-${run + 1}`,
    });
    if (run >= 0) rates.push(commits / seconds);
  }
  const typical = percentile(rates, 0.5);
  say(`history ${amount(typical)} commits/s`);
  findings.figures.push({
    what: `history load, commits as the git source tells them, ${RUNS} × ${amount(
      options.commits,
    )}`,
    target: `≥ ${amount(COMMITS_PER_SECOND)} commits/s`,
    measured: `median ${amount(typical)} commits/s (${amount(
      Math.min(...rates),
    )} to ${amount(Math.max(...rates))})`,
    verdict: atLeast(typical, COMMITS_PER_SECOND),
  });
}
