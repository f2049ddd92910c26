import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { absentProgram, type Checker } from './checker';
import { queriesIn } from './queries';

const run = promisify(execFile);

/** What Prometheus itself says of the queries: as rules, which is how its tool takes them. */
export const promtool: Checker = {
  absent: () => absentProgram('promtool', ['--version']),
  async faultsIn(bundles) {
    const folder = await mkdtemp(join(tmpdir(), 'queries-'));
    try {
      return await Promise.all(
        bundles.map(async (bundle, i) => {
          const rules = queriesIn(bundle).map(([, expr], n) => ({
            record: `query_${n}`,
            expr,
          }));
          if (rules.length === 0) return [];
          const file = join(folder, `${i}.yaml`);
          await writeFile(
            file,
            stringify({ groups: [{ name: 'queries', rules }] }),
          );
          return run('promtool', ['check', 'rules', file]).then(
            () => [],
            ({ stderr }) => [String(stderr)],
          );
        }),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
