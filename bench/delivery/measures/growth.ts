import type { Databases } from '../../lib/databases';
import { below, duration, percentile } from '../../lib/figures';
import { prepareData } from '../data';
import { startBackend } from '../protocol';
import { askMetrics, DAYS_365, WARM_UP } from './ask';
import type { MeasureContext } from './context';

const MOST_TIMES = 1.5;
const TENTH = 10;

/**
 * What ten times the data costs. Both sizes are asked in turns, so that what
 * else the machine does falls on both alike.
 */
export async function measureGrowth(
  { options, data, backend, findings, say }: MeasureContext,
  databases: Databases,
): Promise<void> {
  say('a tenth of the data, for the growth');
  const small = await prepareData(
    databases,
    data.world.scale / TENTH,
    options.seed,
    say,
  );
  const other = await startBackend(small.settings);
  try {
    const times: [number[], number[]] = [[], []];
    for (let i = -WARM_UP; i < options.repetitions; i++) {
      for (const [index, asked] of [other, backend].entries()) {
        const from = performance.now();
        await askMetrics(asked, DAYS_365);
        if (i >= 0) times[index].push(performance.now() - from);
      }
    }
    const at = (p: number) =>
      times.map(list => percentile(list, p)) as [number, number];
    const [tenth, whole] = at(0.5);
    const [tenth95, whole95] = at(0.95);
    findings.figures.push({
      what: 'growth: organisation view at 10× the data',
      target: `< ${MOST_TIMES}× the time`,
      measured: `${(whole / tenth).toFixed(2)}× at p50 (${duration(
        tenth,
      )} → ${duration(whole)}), ${(whole95 / tenth95).toFixed(2)}× at p95 (n ${
        options.repetitions
      } each)`,
      verdict: below(whole / tenth, MOST_TIMES),
    });
  } finally {
    await other.stop();
  }
}
