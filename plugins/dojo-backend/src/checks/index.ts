import type { DeliveryService } from '@fawkes/backstage-plugin-delivery-node';
import type { DojoCheck } from '@fawkes/backstage-plugin-dojo-node';
import type { ProvisioningService } from '@fawkes/backstage-plugin-provisioning-node';
import type { DojoConfig } from '../config';
import { answerLive } from './answerLive';
import type { LabCatalog } from './candidates';
import { catalogEntity } from './catalogEntity';
import { deploymentEvent } from './deploymentEvent';
import { doraMetric } from './doraMetric';
import { httpProbe } from './httpProbe';
import { practiceService } from './practiceService';
import { isPublicAddress, resolveHere } from './publicAddress';
import { visited } from './visited';

/** What the checks of the dojo itself ask. */
export interface CheckDeps {
  catalog: LabCatalog;
  delivery: DeliveryService;
  provisioning: ProvisioningService;
  config: Pick<DojoConfig, 'probeAllow' | 'sandboxCounts'>;
  now(): number;
}

/** The checks the dojo can make by itself. */
export function ownChecks({
  catalog,
  delivery,
  provisioning,
  config,
  now,
}: CheckDeps): DojoCheck[] {
  return [
    answerLive({ catalog, delivery, now }),
    catalogEntity({ catalog, now }),
    deploymentEvent({ delivery, now, sandboxCounts: config.sandboxCounts }),
    doraMetric({ catalog, delivery, now }),
    practiceService({ provisioning, now }),
    visited(now),
    httpProbe({
      allow: config.probeAllow,
      resolve: resolveHere,
      isPublic: isPublicAddress,
      now,
    }),
  ];
}
