import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ProvisioningConfig } from './config';
import type { People } from './people/people';
import type { Places } from './places';
import type { PlanMemory } from './plan/planMemory';
import type { RunnerCore } from './runner/core';
import type { Templates } from './templates/templates';

/** What the use cases are made of. */
export interface Core extends RunnerCore {
  auth: AuthService;
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  config: ProvisioningConfig;
  people: People;
  places: Places;
  plans: PlanMemory;
  templates: Templates;
  /** Tells the workers that something waits. */
  nudge(): void;
}
