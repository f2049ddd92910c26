/** Waits until something holds; the test's own patience is the limit. */
export async function until(
  question: () => boolean | Promise<boolean>,
): Promise<void> {
  while (!(await question())) {
    await new Promise(resolve => setImmediate(resolve));
  }
}
