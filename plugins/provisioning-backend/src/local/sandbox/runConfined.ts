import { secondsSince, systemClock, type Clock } from '../clock';
import { say, type Log } from '../logs/log';
import type { ProcessMark } from '../processes/processGroup';
import { ConfinedProgram, type ProgramRequest } from './confinedProgram';
import { deadline } from './deadline';
import type { Sandbox } from './sandbox';

/** What became of a program that was run to its end. */
export interface RunResult {
  outcome:
    | 'passed'
    | 'failed'
    | 'too-long'
    | 'too-many-processes'
    | 'cancelled';
  code: number | null;
  seconds: number;
}

/** How a program is run to its end. */
export interface RunOptions {
  log: Log;
  /** Milliseconds after which it is ended. */
  timeout: number;
  signal?: AbortSignal;
  /** Told what runs before anything is waited for. */
  onStarted?(mark: ProcessMark): Promise<void>;
  clock?: Clock;
}

/** Runs a program in the sandbox to its end, and leaves nothing of it. */
export async function runConfined(
  sandbox: Sandbox,
  request: ProgramRequest,
  { log, timeout, signal, onStarted, clock = systemClock }: RunOptions,
): Promise<RunResult> {
  const begun = clock.now();
  if (signal?.aborted) return { outcome: 'cancelled', code: null, seconds: 0 };
  const program = await ConfinedProgram.start(sandbox, request, log);
  const limit = deadline(clock, timeout, signal, () => program.end());
  try {
    await onStarted?.(program.mark);
    const { code, tooMany } = await program.ended;
    if (limit.cut === 'too-long') {
      await say(log, `Ended after ${Math.round(timeout / 1_000)} s.`);
    }
    if (tooMany) await say(log, 'Ended: it had too many processes.');
    const own = code === 0 ? 'passed' : 'failed';
    return {
      outcome: tooMany ? 'too-many-processes' : limit.cut ?? own,
      code,
      seconds: secondsSince(clock, begun),
    };
  } finally {
    limit.release();
    await program.end();
  }
}
