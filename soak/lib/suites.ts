import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** A property test of a package, and how many worlds it is to try. */
export interface Suite {
  /** `plugins/delivery-backend`. */
  folder: string;
  /** The start of its path in there. */
  suite: string;
  runs: number;
}

/**
 * Runs property tests at full count, on SQLite and PostgreSQL.
 *
 * @returns the suites that failed
 */
export async function runSuites(suites: readonly Suite[]): Promise<string[]> {
  const failed: string[] = [];
  for (const { folder, suite, runs } of suites) {
    const child = spawn(
      process.execPath,
      [
        join(ROOT, 'node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'),
        'package',
        'test',
        '--watchAll=false',
        '--runInBand',
        suite,
      ],
      {
        cwd: join(ROOT, folder),
        stdio: 'inherit',
        env: {
          ...process.env,
          CI: '1',
          FAWKES_RUNS: String(runs),
          BACKSTAGE_TEST_DISABLE_DOCKER: '1',
          BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING:
            process.env.FAWKES_PG,
        },
      },
    );
    const [code] = await once(child, 'exit');
    if (code !== 0) failed.push(`${folder} ${suite} ended with ${code}`);
  }
  return failed;
}
