import type { Knex } from 'knex';
import { contain } from './contain/contain';
import type { DeriveContext } from './deriveContext';
import { judge } from './judge/judge';
import type { StaleService } from './staleService';
import { writeDeployments } from './write/writeDeployments';

/**
 * Derives services again: the deployments that count for each, what they
 * contain from `from` on, and the verdicts that may change by what happened at
 * or after `judgeFrom`. The result depends on the facts alone, not on the way
 * they came in, nor on which services are derived together.
 */
export async function deriveServices(
  tx: Knex.Transaction,
  stale: readonly StaleService[],
  context: DeriveContext,
): Promise<void> {
  const contained = await contain(tx, stale, context);
  const outdated = await writeDeployments(tx, contained, context);
  await judge(tx, contained, outdated, context);
  await outdated.days.save(tx, context.now);
  await outdated.services.save(tx, context.now);
}
