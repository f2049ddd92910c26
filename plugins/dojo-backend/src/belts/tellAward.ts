import { NotFoundError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Teller } from '@fawkes/kit-backend/work';
import type { Knex } from 'knex';
import { tables, type AwardRow } from '../store/tables';
import type { Criteria } from './award';

/**
 * Tells a person of a belt, and nobody else. A portal without notifications
 * tells nobody: the page of the belt says it too.
 */
export function awardTeller(
  db: Knex,
  notifications: NotificationService,
): Teller {
  return async payload => {
    const { award: id } = payload as { award: string };
    const award: (AwardRow & { user_ref: string }) | undefined = await db(
      tables.awards.name,
    )
      .join('learners', 'learners.id', 'awards.learner_id')
      .where('awards.id', id)
      .first('awards.*', 'learners.user_ref');
    if (!award) return { refused: 'the award is gone' };
    const { title, certificate }: Criteria = JSON.parse(award.criteria);
    const notification = {
      recipients: {
        type: 'entity' as const,
        entityRef: award.user_ref,
      },
      payload: {
        title: `You have earned the ${title} belt`,
        description: `Whoever holds it is a ${certificate}. Your certificate can be downloaded and verified.`,
        link: `/dojo/belts/${award.belt}`,
        topic: 'dojo',
        // Told twice, it is the same notification.
        scope: `dojo:${id}`,
      },
    };
    try {
      await notifications.send(notification);
    } catch (error) {
      if (isAbsent(error)) return { refused: 'there are no notifications' };
      throw error;
    }
    return 'told';
  };
}

function isAbsent(error: unknown): boolean {
  const { name, statusCode } = error as Error & { statusCode?: number };
  return name === NotFoundError.name || statusCode === 404;
}
