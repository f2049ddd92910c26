import { systemClock, type Clock } from '../clock';
import { signalGroup, signalIfThere, type ProcessMark } from './processGroup';
import { familyOfMark, readProcesses, type ProcessEntry } from './processTable';

/** How long what was killed may take to be gone. */
const GONE_WITHIN = 10_000;

/**
 * Ends what an earlier process of ours started and did not live to end. A pid
 * that somebody else has by now is left alone: its start time differs. Pids and
 * start times hold until the machine starts anew, see {@link bootId}.
 *
 * @returns whether anything was still there
 * @throws Error when it cannot be ended
 */
export async function sweep(
  mark: ProcessMark,
  clock: Clock = systemClock,
): Promise<'ended' | 'gone'> {
  const family = familyOfMark(await readProcesses(), mark);
  if (family.length === 0) return 'gone';
  signalGroup(mark.pid, 'SIGKILL');
  for (const { pid } of family) signalIfThere(pid, 'SIGKILL');
  const until = clock.now() + GONE_WITHIN;
  for (;;) {
    const left = stillThere(await readProcesses(), family);
    if (left.length === 0) return 'ended';
    if (clock.now() > until) {
      throw new Error(
        `Process ${left[0].pid}, left of an earlier start, could not be ended`,
      );
    }
    await clock.sleep(20);
  }
}

function stillThere(
  processes: readonly ProcessEntry[],
  family: readonly ProcessEntry[],
): ProcessEntry[] {
  const started = new Map(family.map(entry => [entry.pid, entry.startTime]));
  return processes.filter(entry => started.get(entry.pid) === entry.startTime);
}
