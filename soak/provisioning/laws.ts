import { runSuites } from '../lib/suites';
import type { Options } from './options';

/** The laws of the provisioning plugin at full count; the suites that failed. */
export function runLaws({ runs }: Options): Promise<string[]> {
  const folder = 'plugins/provisioning-backend';
  return runSuites(
    ['commands', 'crash', 'replicas'].map(law => ({
      folder,
      suite: `src/laws/${law}`,
      runs,
    })),
  );
}
