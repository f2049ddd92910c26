import { runSuites } from '../lib/suites';
import type { Options } from './options';

/** Packages that read what others wrote, and where they are tried with it. */
const HOSTILE = [
  ['plugins/delivery-common', 'src/(contract|derive)/hostileText'],
  ['plugins/delivery-backend', 'hostileText'],
  ['plugins/delivery-backend-module-github', 'hostileText'],
  ['plugins/delivery-backend-module-git', 'hostileText'],
  ['packages/backend', 'src/techdocs/renderMarkdown'],
] as const;

/** The laws of the delivery plugin at full count; the suites that failed. */
export function runLaws({ runs, mutations }: Options): Promise<string[]> {
  const backend = 'plugins/delivery-backend';
  return runSuites([
    {
      folder: 'plugins/delivery-common',
      suite: 'src/events',
      runs: mutations,
    },
    { folder: backend, suite: 'src/laws/fuzz', runs: mutations },
    ...HOSTILE.map(([folder, suite]) => ({ folder, suite, runs: mutations })),
    { folder: backend, suite: 'src/laws/permutation', runs },
    { folder: backend, suite: 'src/laws/differential', runs },
    { folder: backend, suite: 'src/laws/batches', runs },
    { folder: backend, suite: 'src/laws/replicas', runs },
  ]);
}
