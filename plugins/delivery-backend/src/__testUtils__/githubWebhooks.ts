import { dirname, join } from 'node:path';
import type { BackendFeature } from '@backstage/backend-plugin-api';

/**
 * Backstage's own ingress for GitHub webhooks with its signature check. The
 * package loads its features by native `import()`, which jest does not run, so
 * this takes the feature from where the package would take it.
 */
export const githubWebhooks: BackendFeature = jest.requireActual<{
  default: BackendFeature;
}>(
  join(
    dirname(
      require.resolve(
        '@backstage/plugin-events-backend-module-github/package.json',
      ),
    ),
    'dist/service/eventsModuleGithubWebhook.cjs.js',
  ),
).default;
