import {
  quotasOf,
  type QuotaLimits,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Quota } from '@fawkes/backstage-plugin-provisioning-common';
import type { Knex } from 'knex';
import type { RequestRow } from '../store/tables';

type Counted = Pick<
  RequestRow,
  'owner' | 'state' | 'service_state' | 'type' | 'host'
>;

/** Both quotas as they stand for an owner. */
export async function quotasFor(
  db: Knex,
  owner: string,
  limits: QuotaLimits,
): Promise<{ owner: Quota; running: Quota }> {
  const rows: Counted[] = await db('requests')
    .whereNotIn('state', ['destroyed', 'forgotten'])
    .where(counted => counted.where('owner', owner).orWhere('host', 'local'))
    .select('owner', 'state', 'service_state', 'type', 'host');
  return quotasOf(
    owner,
    rows.map(({ service_state: service, ...row }) => ({ ...row, service })),
    limits,
  );
}
