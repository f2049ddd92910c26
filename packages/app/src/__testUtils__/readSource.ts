import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads a file of this package, whether the tests were started here or at the root. */
export function readSource(...path: string[]): string {
  const fromRoot = join(process.cwd(), 'packages', 'app');
  const home = existsSync(fromRoot) ? fromRoot : process.cwd();
  return readFileSync(join(home, 'src', ...path), 'utf8');
}
