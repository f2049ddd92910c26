import type { RouterDeps } from '../router/deps';

/** What the actions are made of: the same as the routes. */
export type ActionDeps = Pick<RouterDeps, 'db' | 'config' | 'viewerOf' | 'now'>;
