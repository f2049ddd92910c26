import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Plan } from '@fawkes/backstage-plugin-provisioning-common';

/** What is said where nothing of this portal runs it. */
const ELSEWHERE = 'Nothing of it runs on the computer of this portal.';

/** What a service can reach and why, in a few sentences. */
export function isolationText({ isolation }: Pick<Plan, 'isolation'>): string {
  if (!isolation) return ELSEWHERE;
  const { words, why } = isolation;
  return why ? `${words.text} (${why.text})` : words.text;
}

/** Tells in the log of a task what the service can reach; loudly where it has no room of its own. */
export function tellIsolation(
  plan: Pick<Plan, 'isolation'>,
  logger: Pick<LoggerService, 'info' | 'warn'>,
): void {
  const text = isolationText(plan);
  if (plan.isolation && !plan.isolation.sandboxed) logger.warn(text);
  else logger.info(text);
}
