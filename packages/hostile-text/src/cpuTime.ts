/**
 * How long something keeps a processor busy, ms. Others that want one too do not
 * make it longer, as they would the time that goes by.
 */
export function cpuTimeOf(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
