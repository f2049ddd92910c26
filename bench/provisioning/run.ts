import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countOf } from '@fawkes/kit-contract';
import { MIGRATIONS } from '../../plugins/provisioning-backend/src/store/database';
import { Databases, openKnex, versionOf } from '../lib/databases';
import { load } from '../lib/figures';
import { loadLine, takeMeasures } from '../lib/measures';
import { describeMachine, toMarkdown, type Findings } from '../lib/report';
import { Api } from './ask';
import { fill } from './fill';
import { measureAnswers, measureForm } from './measures';
import type { Options } from './options';
import { startBackend } from './protocol';

/** What people are given to start with. */
export const NODE_API = join(
  __dirname,
  '../../plugins/scaffolder-backend-module-service/templates/node-api',
);

/** Requests of `--scale 1`. */
const REQUESTS = 10_000;

/** Runs what was asked for and returns the report. */
export async function run(
  options: Options,
  say: (text: string) => void,
): Promise<string> {
  const before = load();
  const databases = new Databases({
    ...options,
    migrate: db => db.migrate.latest({ directory: MIGRATIONS }),
  });
  const folder = await mkdtemp(join(tmpdir(), 'fawkes-bench-'));
  // Services run as nobody and have to reach what is theirs.
  await chmod(folder, 0o755);
  try {
    // A cache of packages that nobody has filled.
    process.env.npm_config_cache = join(folder, 'npm');
    const { address } = await databases.create('bench_provisioning', false);
    const count = Math.max(1, Math.round(REQUESTS * options.scale));
    say(`filling the ledger with ${countOf(count, 'request')}`);
    const db = openKnex(address);
    const ids = await fill(db, count);
    await db.destroy();
    const backend = await startBackend({
      database: address,
      directory: join(folder, 'local'),
      template: NODE_API,
    });
    const findings: Findings = { about: [], figures: [], notes: [] };
    try {
      const api = new Api(backend.url);
      const course = await takeMeasures(
        [
          [
            'answers',
            async () => {
              findings.figures.push(
                ...(await measureAnswers(api, {
                  ...options,
                  template: NODE_API,
                  ids,
                })),
              );
            },
          ],
          [
            'form',
            async () => {
              findings.figures.push(
                ...(await measureForm(api, {
                  ...options,
                  template: NODE_API,
                  say,
                })),
              );
            },
          ],
        ],
        options.parts,
        backend,
        say,
      );
      course.loads.unshift(before);
      findings.about.push(
        describeMachine(await versionOf(address)),
        `${countOf(
          count,
          'request',
        )} in the ledger; the service is the template node-api, with the real git, install, sandbox and start of this computer`,
        `${loadLine(course)}; seed ${
          options.seed
        }; memory above idle ${course.peaks
          .map(([what, mib]) => `${what} ${Math.round(mib)} MiB`)
          .join(', ')}`,
        'left out: the catalog, delivery and the rest of a portal, which answer at once here; in a portal the step catalog:entity:ensure waits until the catalog has it',
      );
    } finally {
      await backend.stop();
    }
    return `# provisioning at scale ${options.scale}\n\n${toMarkdown(
      findings,
    )}`;
  } finally {
    await databases.removeAll();
    await rm(folder, { recursive: true, force: true });
  }
}
