import { ConfigReader } from '@backstage/config';
import {
  metricsQuerySchema,
  type MetricsQueryInput,
} from '@fawkes/backstage-plugin-delivery-common';
import { readDeliveryConfig } from '../../plugins/delivery-backend/src/config';
import { measureScope } from '../../plugins/delivery-backend/src/measure/metrics';
import { explain } from '../lib/plans';
import type { DataSet } from './data';
import { NOW, type ServicePlan } from './world';

/** The plans of all statements that answer a question about services, as Markdown. */
export async function explainMetrics(
  { address }: DataSet,
  title: string,
  services: readonly ServicePlan[],
  query: MetricsQueryInput,
): Promise<string[]> {
  return explain(address, title, db =>
    measureScope(
      {
        entities: [],
        services: services.map(({ ref, team }) => ({
          ref,
          title: ref,
          owner: team,
          sample: false,
        })),
        single: services.length === 1,
      },
      metricsQuerySchema.parse(query),
      { db, config: readDeliveryConfig(new ConfigReader({})), now: NOW },
    ),
  );
}
