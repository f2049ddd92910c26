import { runSuites } from '../lib/suites';
import type { Options } from './options';

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
    { folder: backend, suite: 'src/laws/permutation', runs },
    { folder: backend, suite: 'src/laws/differential', runs },
    { folder: backend, suite: 'src/laws/batches', runs },
    { folder: backend, suite: 'src/laws/replicas', runs },
  ]);
}
