import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Viewer } from '@fawkes/kit-backend/access';
import type { CaseDeps } from '../cases/deps';
import type { Reading } from '../read/reading';

/** What the actions are made of: the same as the routes. */
export interface ActionDeps {
  cases: CaseDeps;
  reading: Reading;
  viewerOf(credentials: BackstageCredentials): Viewer;
}
