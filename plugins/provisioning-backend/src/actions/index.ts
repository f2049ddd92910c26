import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionDeps } from './deps';
import { registerGetService } from './getService';
import { registerListServices } from './listServices';
import { registerPreviewService } from './previewService';

/** What assistants may ask; nothing of it changes anything. */
export function registerActions(
  registry: ActionsRegistryService,
  deps: ActionDeps,
): void {
  registerListServices(registry, deps);
  registerGetService(registry, deps);
  registerPreviewService(registry, deps);
}
