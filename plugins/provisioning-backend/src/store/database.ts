import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** Where the migrations of this plugin are. */
export const MIGRATIONS = resolvePackagePath(
  '@fawkes/backstage-plugin-provisioning-backend',
  'migrations',
);
