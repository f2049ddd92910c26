import type { Label } from '@fawkes/backstage-plugin-delivery-common';
import { select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { tables } from '../store/tables';
import { iso } from './context';

/** The labels of deployments, by key; those without any are left out. */
export async function labelsOf(
  db: Knex,
  keys: readonly string[],
): Promise<Map<string, Label[]>> {
  const rows = await select(
    db('labels')
      .whereIn('deployment_key', [...keys])
      .orderBy('source'),
    tables.labels,
  );
  const labels = new Map<string, Label[]>();
  for (const { deployment_key, source, text, url, set_at } of rows) {
    const label = { source, text, url, at: iso(set_at) };
    labels.set(deployment_key, [...(labels.get(deployment_key) ?? []), label]);
  }
  return labels;
}
