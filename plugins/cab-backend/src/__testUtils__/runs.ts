/** Rounds of a race: few in the test suite, `FAWKES_RUNS` in the soak. */
export function roundsOf(few: number): { rounds: number; timeout: number } {
  const asked = process.env.FAWKES_RUNS;
  const rounds = asked === undefined ? few : Number(asked);
  return { rounds, timeout: 60_000 + rounds * 5_000 };
}
