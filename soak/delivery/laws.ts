import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Options } from './options';

const ROOT = join(__dirname, '..', '..');

/** The property tests of the packages, each with its full count. */
const SUITES = [
  ['plugins/delivery-common', 'src/events', 'mutations'],
  ['plugins/delivery-common', 'src/(contract|derive)/hostileText', 'mutations'],
  ['plugins/delivery-backend', 'src/laws/fuzz', 'mutations'],
  ['plugins/delivery-backend', 'hostileText', 'mutations'],
  ['plugins/delivery-backend-module-github', 'hostileText', 'mutations'],
  ['plugins/delivery-backend-module-git', 'hostileText', 'mutations'],
  ['packages/backend', 'src/techdocs/renderMarkdown', 'mutations'],
  ['plugins/delivery-backend', 'src/laws/permutation', 'runs'],
  ['plugins/delivery-backend', 'src/laws/differential', 'runs'],
  ['plugins/delivery-backend', 'src/laws/batches', 'runs'],
  ['plugins/delivery-backend', 'src/laws/replicas', 'runs'],
] as const;

/**
 * Runs the laws of the test suites at full count, on SQLite and PostgreSQL.
 *
 * @returns names of the suites that failed
 */
export async function runLaws(options: Options): Promise<string[]> {
  const failed: string[] = [];
  for (const [folder, suite, count] of SUITES) {
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
          FAWKES_RUNS: String(options[count]),
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
