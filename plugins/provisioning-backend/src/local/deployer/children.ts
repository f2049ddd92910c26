import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ProcessMark } from '../processes/processGroup';
import { sweep } from '../processes/sweep';

/**
 * Where it is written down what runs, so that a portal that did not live to end
 * it is followed by one that does. Rows of the machine that this portal runs on.
 */
export interface Children {
  /** Written before anything is waited for. */
  started(mark: ProcessMark): Promise<void>;
  ended(mark: ProcessMark): Promise<void>;
  /** What was started, and not said to have ended. */
  left(): Promise<ProcessMark[]>;
}

/**
 * Ends what an earlier portal left.
 *
 * @param sameBoot - whether the machine is still the same as then, see bootId;
 *   else nothing is left of it, and the numbers are somebody else's
 */
export async function sweepChildren(
  children: Children,
  sameBoot: boolean,
  logger: LoggerService,
): Promise<void> {
  for (const mark of await children.left()) {
    const swept = sameBoot ? await sweep(mark) : 'gone';
    if (swept === 'ended') {
      logger.warn(`Ended process ${mark.pid}, which an earlier portal left`);
    }
    await children.ended(mark);
  }
}
