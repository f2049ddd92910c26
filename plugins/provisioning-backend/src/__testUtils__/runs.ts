/** How hard a property is tried. */
export interface Effort {
  /** For `fc.assert`. */
  params: {
    numRuns: number;
    seed?: number;
    interruptAfterTimeLimit: number;
    markInterruptAsFailure: true;
  };
  /** For `it`, ms; longer, so that a failure is always shown as far as it shrank. */
  timeout: number;
}

/** Seed of the properties in the test suite. */
const SUITE_SEED = 20_261_121;

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
    params: {
      numRuns,
      // The test suite tries the same worlds each time; the soak tries new ones.
      ...(asked === undefined ? { seed: SUITE_SEED } : {}),
      interruptAfterTimeLimit,
      markInterruptAsFailure: true,
    },
    timeout: interruptAfterTimeLimit + 60_000,
  };
}
