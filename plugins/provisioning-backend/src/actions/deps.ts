import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Viewer } from '@fawkes/kit-backend/access';
import type { RouterDeps } from '../router/deps';

/** What the actions are made of: the same as the routes. */
export interface ActionDeps extends RouterDeps {
  viewerOf(credentials: BackstageCredentials): Viewer;
}
