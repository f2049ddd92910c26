import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionDeps } from './deps';
import { registerGetChange } from './getChange';
import { registerListChanges } from './listChanges';
import { registerListWaiting } from './listWaiting';

/** What assistants may ask; nothing of it decides or changes anything. */
export function registerActions(
  registry: ActionsRegistryService,
  deps: ActionDeps,
): void {
  registerListChanges(registry, deps);
  registerGetChange(registry, deps);
  registerListWaiting(registry, deps);
}
