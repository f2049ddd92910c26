import type { Knex } from 'knex';
import { CAUSES_LOCK, lock } from '../../store/locks';
import type { Contained } from '../contain/contain';
import type { DeriveContext } from '../deriveContext';
import type { Outdated } from '../write/writeDeployments';
import { countIncidents } from './countIncidents';
import { causesTold } from './causesTold';
import { judgeDeployments } from './judgeDeployments';
import { relinkCaused } from './relinkCaused';

/** The third phase: links incidents, and gives the verdicts that may be others now. */
export async function judge(
  tx: Knex.Transaction,
  { stale, deployments, environments, caused: before }: Contained,
  { days, services }: Outdated,
  context: DeriveContext,
): Promise<void> {
  const turned = await countIncidents(tx, stale, context);
  for (const { service, at } of turned) days.add(service, context.dayOf(at));
  const now = await causesTold(
    tx,
    deployments.map(({ key }) => key),
  );
  const caused = new Set([
    ...before,
    ...now,
    // What they name may be another service's.
    ...turned.flatMap(({ key, namesCause }) => (namesCause ? key : [])),
  ]);
  if (caused.size > 0) {
    // Another service may be what they mean; one of two that are derived at the
    // same time has to see what the other found.
    await lock(tx, [CAUSES_LOCK], 'alone');
    await relinkCaused(tx, [...caused].sort(), services, context);
  }
  const judged = await judgeDeployments(
    tx,
    stale.map(({ mapping: { service }, judgeFrom }) => ({
      service,
      from: services.takeVerdicts(service) ? 0 : judgeFrom,
      environments: environments.get(service)!,
    })),
    context,
  );
  for (const { service, at } of judged) days.add(service, context.dayOf(at));
}
