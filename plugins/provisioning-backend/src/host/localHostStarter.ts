import type {
  AuthService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { DeliveryService } from '@fawkes/backstage-plugin-delivery-node';
import { ANNOTATION_PROVISIONING_REQUEST } from '@fawkes/backstage-plugin-provisioning-common';
import { resolve } from 'node:path';
import type { ProvisioningConfig } from '../config';
import type { StartLocalHost } from '../effects/localHost';
import { secretsIn } from '../redact';
import { HeldLocalHost } from './heldLocalHost';

/** What a local host needs of a backend. */
export interface LocalHostServices {
  auth: AuthService;
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  config: Pick<ProvisioningConfig, 'limits'>;
  delivery: DeliveryService;
  events: EventsService;
  rootConfig: RootConfigService;
}

/** Where TechDocs publishes, if it does so on this computer. */
const DOCUMENTS = 'techdocs.publisher.local.publishDirectory';

/** Starts the local host of a backend. */
export function localHostStarter(services: LocalHostServices): StartLocalHost {
  const { auth, catalog, config, delivery, events, rootConfig } = services;
  const documents = rootConfig.getOptionalString(DOCUMENTS);
  const credentials = () => auth.getOwnServiceCredentials();
  return ({ asks, directory, db, logger }) =>
    HeldLocalHost.find(asks, {
      db,
      logger,
      directory,
      events,
      delivery,
      credentials,
      inCatalog: async (ref, requestId) => {
        const entity = await catalog.getEntityByRef(ref, {
          credentials: await credentials(),
        });
        // What an earlier request of the name left is on its way out.
        return (
          entity?.metadata.annotations?.[ANNOTATION_PROVISIONING_REQUEST] ===
          requestId
        );
      },
      documentsDirectory: documents && resolve(documents),
      runningLimit: config.limits.running,
      secrets: secretsIn(rootConfig),
    });
}
