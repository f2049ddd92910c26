import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionDeps } from './deps';
import { registerFindLessons } from './findLessons';
import { registerGetBelt } from './getBelt';
import { registerGetNextStep } from './getNextStep';

/** What assistants may ask, all of it read-only. */
export function registerActions(
  registry: ActionsRegistryService,
  deps: ActionDeps,
): void {
  registerFindLessons(registry, deps);
  registerGetBelt(registry, deps);
  registerGetNextStep(registry, deps);
}
