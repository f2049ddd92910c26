/**
 * How many worlds a property tries: few in the test suite, `FAWKES_RUNS` in the
 * soak. PostgreSQL is asked over a socket and takes longer for each.
 */
export function runsOn(
  database: string,
  few: { sqlite: number; postgres: number },
): number {
  const asked = process.env.FAWKES_RUNS;
  if (asked !== undefined) return Number(asked);
  return database.startsWith('SQLITE') ? few.sqlite : few.postgres;
}
