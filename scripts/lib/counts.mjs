/** What a runner counted, from the report files of jest and of `node --test`. */

/** jest's `--json` report. A file that could not even be loaded holds no tests, so it counts as one failure. */
export function countJest(report) {
  return {
    passed: report.numPassedTests,
    failed:
      report.numFailedTests +
      report.numRuntimeErrorTestSuites +
      (report.wasInterrupted ? 1 : 0),
  };
}

/** The closing lines of a TAP report: `# pass 12`, `# fail 0`, `# cancelled 0`. */
export function countTap(text) {
  const number = word =>
    Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(text)?.[1] ?? NaN);
  const passed = number('pass');
  const failed = number('fail') + number('cancelled');
  return Number.isNaN(passed + failed)
    ? { passed: 0, failed: 1 }
    : { passed, failed };
}

export const addCounts = counts =>
  counts.reduce(
    (sum, { passed, failed }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
    }),
    { passed: 0, failed: 0 },
  );

/** The line by which a run is judged. */
export const verdict = ({ passed, failed }) =>
  `${passed} passed, ${failed} failed`;
