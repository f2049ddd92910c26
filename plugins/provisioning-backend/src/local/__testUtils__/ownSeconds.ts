let asked = 0;

/**
 * Seconds to sleep for that no other process of this machine sleeps for: by them
 * a test knows its own processes, whoever else runs the same tests.
 */
export function ownSeconds(): string {
  asked += 1;
  return `${process.pid}${String(asked).padStart(3, '0')}`;
}
