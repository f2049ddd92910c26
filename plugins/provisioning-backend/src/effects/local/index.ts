import type { EffectType } from '@fawkes/backstage-plugin-provisioning-common';
import type { HostParts } from '../../host/parts';
import type { EffectDriver } from '../driver';
import { serviceBuild } from './build';
import { serviceDeploy } from './deploy';
import { entityEnsure, entityRemove } from './entities';
import { repoEnsure } from './repoEnsure';
import { repoPropose } from './repoPropose';
import { repoRelease, repoRemove } from './repoRemove';
import { eventsRetire, eventsTell } from './tell';
import { localTidy, serviceRemove } from './tidy';

/** One driver per type of effect that this computer makes. */
export function localDrivers(parts: HostParts): EffectDriver[] {
  return [
    repoEnsure,
    repoPropose,
    repoRemove,
    repoRelease,
    entityEnsure,
    entityRemove,
    serviceBuild,
    serviceDeploy,
    serviceRemove,
    eventsTell,
    eventsRetire,
    localTidy,
  ].map(driver => driver(parts));
}

/** The types of effects that this computer makes. */
export const LOCAL_TYPES = [
  'repo:ensure',
  'repo:propose',
  'repo:remove',
  'repo:release',
  'catalog:entity:ensure',
  'catalog:entity:remove',
  'service:build',
  'service:deploy',
  'service:remove',
  'events:tell',
  'events:retire',
  'local:tidy',
] as const satisfies readonly EffectType[];
