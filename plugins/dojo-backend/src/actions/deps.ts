import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Viewer } from '@fawkes/kit-backend/access';
import type { LearnDeps } from '../learn/deps';

/** What actions are made of: each authorises again whoever is behind it. */
export interface ActionDeps extends LearnDeps {
  viewerOf(credentials: BackstageCredentials): Viewer;
}
