import type { BackendProcess } from './backendProcess';
import { below, load } from './figures';
import type { Findings } from './report';

/** Peaks of memory by what went on, and the load before and after each. */
export interface Course {
  peaks: Array<[what: string, mib: number]>;
  loads: number[];
}

/**
 * Takes the measures that were asked for, one after the other, and watches the
 * backend's memory and the machine's load meanwhile.
 */
export async function takeMeasures<Part extends string>(
  measures: ReadonlyArray<[Part, () => Promise<void>]>,
  wanted: ReadonlySet<Part>,
  backend: Pick<BackendProcess<object>, 'takePeak'>,
  say: (text: string) => void,
): Promise<Course> {
  const course: Course = { peaks: [], loads: [] };
  for (const [part, measure] of measures) {
    if (!wanted.has(part)) continue;
    say(`measuring: ${part}`);
    backend.takePeak();
    await measure();
    course.peaks.push([part, backend.takePeak()]);
    course.loads.push(load());
  }
  return course;
}

/** The row of the report about memory. */
export function memoryFigure(
  { peaks }: Course,
  idleMiB: number,
  targetMiB: number,
): Findings['figures'][number] {
  const highest = Math.max(...peaks.map(([, mib]) => mib));
  const each = peaks.map(([what, mib]) => `${what} ${Math.round(mib)}`);
  return {
    what: 'backend memory during all of it',
    target: `< ${targetMiB} MiB above idle`,
    measured: `${Math.round(highest)} MiB above idle (${Math.round(
      idleMiB,
    )} MiB); ${each.join(', ')}`,
    verdict: below(highest, targetMiB),
  };
}

/** The line of the report about what else the machine did. */
export function loadLine({ loads }: Course): string {
  const each = loads.map(value => value.toFixed(1));
  return `load of the machine (1 minute), ours included: ${each.join(' → ')}`;
}
