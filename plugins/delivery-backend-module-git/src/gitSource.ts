import type { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import { say } from '@fawkes/backstage-plugin-delivery-common';
import type {
  BackfillContext,
  DeliverySource,
} from '@fawkes/backstage-plugin-delivery-node';
import { checkOut } from './checkout';
import { readCursor, START, type Cursor } from './cursor';
import { withoutSecrets } from './git';
import { loadRepository } from './loadRepository';
import type { GitSourceOptions } from './options';
import { viewing } from './view';
import { ownDirectory } from './workingDirectory';

const HOURLY: SchedulerServiceTaskScheduleDefinition = {
  frequency: { hours: 1 },
  timeout: { hours: 12 },
  scope: 'global',
};

/**
 * Plain git history as a delivery source: commits, and release tags as
 * deployments. It takes no messages; its backfill loads what is new each time.
 *
 * @public
 */
export function createGitSource(options: GitSourceOptions): DeliverySource {
  return {
    id: 'git',
    title: 'Git history',
    map: () => ({
      outcome: 'ignored',
      reason: say('rejected.pulled').text,
    }),
    ...(options.repositories.length > 0 && {
      backfill: context => backfill(options, context),
      schedule: options.schedule ?? HOURLY,
    }),
  };
}

/** Loads the repositories one after the other; one that fails does not hold up the others. */
async function backfill(
  { repositories, workingDirectory, now = Date.now }: GitSourceOptions,
  { cursor: stored, logger, signal, commit }: BackfillContext,
): Promise<void> {
  const reached = readCursor(stored);
  const failed: string[] = [];
  for (const repository of repositories) {
    const name = repository.repository;
    try {
      const own = await ownDirectory(workingDirectory);
      const path = await checkOut(repository.location, own, signal);
      const loaded = await viewing(path, own, signal, directory =>
        loadRepository(repository, {
          directory,
          from: reached.repositories[name] ?? START,
          signal,
          now: now(),
          store: async (claims, next) => {
            await commit(claims, {
              repositories: { ...reached.repositories, [name]: next },
            } satisfies Cursor);
            // Only what is stored is reached.
            reached.repositories[name] = next;
          },
        }),
      );
      logger.info(`Loaded git history of ${name}`, { ...loaded });
    } catch (error) {
      signal.throwIfAborted();
      failed.push(name);
      logger.error(`Git history of ${name} could not be read`, {
        reason: withoutSecrets(
          error instanceof Error ? error.message : String(error),
        ),
      });
    }
  }
  if (failed.length > 0) {
    throw new Error(
      say('backfill.git_unreadable', { names: failed.join(', ') }).text,
    );
  }
}
