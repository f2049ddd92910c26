import {
  isProduction,
  type EnvironmentQuery,
  type EnvironmentResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import { readMappings } from '../derive/serviceMapping';
import { iso, type ReadContext } from './context';

/** What kind of environment it is to a service, as its deployments are judged. */
export async function readEnvironment(
  { service, environment }: EnvironmentQuery,
  { db, config, now }: ReadContext,
): Promise<EnvironmentResponse> {
  const mapping = (await readMappings(db, [service])).get(service)!;
  const named = mapping.environments;
  return {
    asOf: iso(now),
    service,
    environment,
    class: isProduction(environment, named, config.productionPattern)
      ? 'production'
      : 'other',
    saidBy: named.length > 0 ? 'annotation' : 'configuration',
  };
}
