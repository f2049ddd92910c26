import type { GateBody } from '@fawkes/backstage-plugin-cab-common';
import {
  NO_TRAITS,
  participationOf,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { select } from '@fawkes/kit-backend/sql';
import type { CaseDeps } from '../cases/deps';
import { twinKeyOf } from '../cases/moving';
import { changes, type ChangeRow } from '../store/tables';

/** Whether a token is bound to the entity. */
export function mayAsk(
  { config }: CaseDeps,
  { entityRef }: Pick<GateBody, 'entityRef'>,
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
  { entityRef }: Pick<GateBody, 'entityRef'>,
  { owner, traits, environmentClass }: Awaited<ReturnType<CaseDeps['place']>>,
): 'NOT_GATED' | 'OBSERVED' | undefined {
  const participation = participationOf(config.participation, {
    entityRef,
    owner,
    traits,
  });
  if (participation === 'off') return 'NOT_GATED';
  if (participation === 'observe') return 'OBSERVED';
  const isGated = config.gate.classes.includes(
    environmentClass ?? 'production',
  );
  return isGated ? undefined : 'NOT_GATED';
}

/** The same of a change request, as it was when it was scored last. */
export function placeOf(
  row: ChangeRow,
): Awaited<ReturnType<CaseDeps['place']>> {
  return {
    owner: row.owner_ref,
    traits: row.traits === null ? NO_TRAITS : JSON.parse(row.traits),
    environmentClass: row.environment_class,
  };
}

/** The unfinished change request of a triple; else the newest that ended. */
export async function newestFor(
  { db }: CaseDeps,
  {
    entityRef,
    environment,
    commitSha,
  }: Pick<GateBody, 'entityRef' | 'environment' | 'commitSha'>,
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
      // What nobody allowed says nothing of what was asked.
      .whereNot('state', 'unauthorized')
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1),
    changes,
  );
  return ended;
}
