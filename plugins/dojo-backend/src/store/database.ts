import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** Where the migrations are. */
export const MIGRATIONS = resolvePackagePath(
  '@fawkes/backstage-plugin-dojo-backend',
  'migrations',
);
