/** How hard a property is tried. @public */
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

/** The seed of a run that failed, to be tried again. */
function askedSeed(): number | undefined {
  const asked = process.env.FAWKES_SEED;
  return asked === undefined ? undefined : Number(asked);
}

/** What the soak asks for; undefined in the test suite. */
function askedRuns(): number | undefined {
  const asked = process.env.FAWKES_RUNS;
  return asked === undefined ? undefined : Number(asked);
}

/**
 * Few worlds in the test suite, the same each time; as many new ones as
 * `FAWKES_RUNS` says in the soak. What failed there names its seed, and is tried
 * again with it in `FAWKES_SEED`. PostgreSQL is asked over a socket and takes
 * longer for each.
 *
 * @param database - id of a test database, e.g. `SQLITE_3`
 * @public
 */
export function effortOn(
  database: string,
  few: { sqlite: number; postgres: number },
): Effort {
  const asked = askedRuns();
  const seed = askedSeed() ?? (asked === undefined ? SUITE_SEED : undefined);
  const usual = database.startsWith('SQLITE') ? few.sqlite : few.postgres;
  const numRuns = asked ?? usual;
  const interruptAfterTimeLimit = 60_000 + numRuns * 5_000;
  return {
    params: {
      numRuns,
      ...(seed === undefined ? {} : { seed }),
      interruptAfterTimeLimit,
      markInterruptAsFailure: true,
    },
    timeout: interruptAfterTimeLimit + 60_000,
  };
}

/**
 * Rounds of a race: few in the test suite, `FAWKES_RUNS` in the soak.
 * @public
 */
export function roundsOf(few: number): { rounds: number; timeout: number } {
  const rounds = askedRuns() ?? few;
  return { rounds, timeout: 60_000 + rounds * 5_000 };
}
