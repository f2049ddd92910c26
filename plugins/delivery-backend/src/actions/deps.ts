import type { ServeDeps } from '@fawkes/kit-backend/http';
import type { RouterDeps } from '../router/deps';

/** What the actions are made of: the same as the routes. */
export type ActionDeps = Pick<RouterDeps, 'db' | 'config' | 'now'> &
  Pick<ServeDeps, 'viewerOf'>;
