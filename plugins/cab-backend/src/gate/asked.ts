import type { GateBody } from '@fawkes/backstage-plugin-cab-common';
import { select } from '@fawkes/kit-backend/sql';
import type { CaseDeps } from '../cases/deps';
import { twinKeyOf } from '../cases/moving';
import { participationOf } from '../config';
import { changes, type ChangeRow } from '../store/tables';

/** Whether a token is bound to the entity. */
export function mayAsk(
  { config }: CaseDeps,
  { entityRef }: GateBody,
  caller: string,
): boolean {
  return config.gate.callers.some(
    ({ subject, entities }) =>
      subject === caller && (!entities || entities.includes(entityRef)),
  );
}

/** Why nothing is asked; undefined where it is. */
export function freeOf(
  config: CaseDeps['config'],
  { entityRef }: GateBody,
  { owner, environmentClass }: Awaited<ReturnType<CaseDeps['place']>>,
): 'NOT_GATED' | 'OBSERVED' | undefined {
  const participation = participationOf(config, entityRef, owner);
  if (participation === 'off') return 'NOT_GATED';
  if (participation === 'observe') return 'OBSERVED';
  const isGated = config.gate.classes.includes(
    environmentClass ?? 'production',
  );
  return isGated ? undefined : 'NOT_GATED';
}

/** The unfinished change request of a triple; else the newest that ended. */
export async function newestFor(
  { db }: CaseDeps,
  { entityRef, environment, commitSha }: GateBody,
): Promise<ChangeRow | undefined> {
  const triple = { entity_ref: entityRef, environment, head_sha: commitSha };
  const [unfinished] = await select(
    db(changes.name).where('twin_key', twinKeyOf(triple)),
    changes,
  );
  if (unfinished) return unfinished;
  const [ended] = await select(
    db(changes.name)
      .where(triple)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1),
    changes,
  );
  return ended;
}
