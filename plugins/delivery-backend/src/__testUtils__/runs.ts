/** How hard a property is tried. */
export interface Effort {
  /** For `fc.assert`. */
  params: {
    numRuns: number;
    interruptAfterTimeLimit: number;
    markInterruptAsFailure: true;
  };
  /** For `it`, ms; longer, so that a failure is always shown as far as it shrank. */
  timeout: number;
}

/**
 * Few worlds in the test suite, `FAWKES_RUNS` in the soak. PostgreSQL is asked
 * over a socket and takes longer for each.
 */
export function effortOn(
  database: string,
  few: { sqlite: number; postgres: number },
): Effort {
  const asked = process.env.FAWKES_RUNS;
  const usual = database.startsWith('SQLITE') ? few.sqlite : few.postgres;
  const numRuns = asked === undefined ? usual : Number(asked);
  const interruptAfterTimeLimit = 60_000 + numRuns * 5_000;
  return {
    params: { numRuns, interruptAfterTimeLimit, markInterruptAsFailure: true },
    timeout: interruptAfterTimeLimit + 60_000,
  };
}
