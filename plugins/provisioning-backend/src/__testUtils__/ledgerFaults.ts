import type { Knex } from 'knex';
import type { World } from './world';

/** What a ledger may say of something that is there. */
const TOLD = ['done', 'undone', 'unknown', 'failed'];

/**
 * Where the ledger of a request and the world are not of one mind, once no run
 * goes on: a line each, none when they agree.
 */
export async function ledgerFaults(
  db: Knex,
  world: World,
  requestId: string,
): Promise<string[]> {
  const rows: Array<{
    id: string;
    state: string;
    root_id: string;
    run: string;
  }> = await db('effects')
    .join('runs', 'runs.id', 'effects.run_id')
    .where('effects.request_id', requestId)
    .select('effects.id', 'effects.state', 'runs.root_id', 'runs.state as run');
  const faults = rows.flatMap(({ id, state, run }) => {
    if (run === 'running') return [`${id} is of a run that never ends`];
    return ['planned', 'sent'].includes(state) ? [`${id} stays ${state}`] : [];
  });
  const told = new Map<string, string[]>();
  for (const { id, state, root_id: root } of rows) {
    const marker = `${root}/${id}`;
    told.set(marker, [...(told.get(marker) ?? []), state]);
  }
  for (const { marker, type, requestId: of } of world.made) {
    if (of !== requestId) continue;
    const states = told.get(marker) ?? [];
    if (!states.some(state => TOLD.includes(state))) {
      faults.push(`${type} is there, and the ledger says ${states}`);
    }
  }
  for (const [marker, states] of told) {
    if (states.includes('done') && !world.has(marker)) {
      faults.push(`${marker} is done in the ledger, and was never made`);
    }
  }
  return faults;
}
