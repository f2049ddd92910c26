import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type {
  ProvisioningEvent,
  ProvisioningTopic,
} from '@fawkes/backstage-plugin-provisioning-common';
import type { Knex } from 'knex';
import type { Letter } from '../store/outbox';

/** What telling people needs. */
export interface TellPeopleOptions {
  notifications: NotificationService;
  logger: LoggerService;
  /** Entity refs of the groups that run the portal. */
  platformGroups: readonly string[];
}

type Reasoned = ProvisioningEvent<'provisioning.request.failed'>;

interface Notice {
  to: readonly string[];
  title: string;
  description?: string;
  severity?: 'high';
}

/** Tells people what became of their requests; a portal without notifications tells nobody. */
export async function tellPeople(
  options: TellPeopleOptions,
  { topic, payload }: Letter,
): Promise<void> {
  const event = payload as Reasoned;
  const notice = noticeOf(topic as ProvisioningTopic, event, options);
  if (notice) await send(options, event.id, notice);
}

function noticeOf(
  topic: ProvisioningTopic,
  { name, requester, owner, reason }: Reasoned,
  { platformGroups }: TellPeopleOptions,
): Notice | undefined {
  switch (topic) {
    case 'provisioning.request.ready':
      return { to: [requester], title: `${name} is ready` };
    case 'provisioning.request.failed':
      return {
        to: [requester],
        title: `${name} failed`,
        description: reason.text,
        severity: 'high',
      };
    case 'provisioning.request.needs_person':
      return {
        to: [requester, owner, ...platformGroups],
        title: `${name} needs somebody`,
        description: reason.text,
        severity: 'high',
      };
    case 'provisioning.request.destroyed':
      return { to: [owner], title: `${name} was taken down` };
    default:
      return undefined;
  }
}

/** An hour before the end. */
const AHEAD_MS = 3_600_000;

/**
 * Tells people that their practice is about to end, once.
 *
 * @returns how many were told
 */
export async function tellEndOfPractice(
  db: Knex,
  options: TellPeopleOptions,
  now: number,
): Promise<number> {
  const soon = await db('requests')
    .where({ practice: true, end_told: false })
    .whereNotIn('state', ['destroying', 'destroyed', 'forgotten'])
    .where('ends_at', '<=', now + AHEAD_MS)
    .select('id', 'name', 'requester');
  for (const { id, name, requester } of soon) {
    await db('requests').where('id', id).update({ end_told: true });
    await send(options, id, {
      to: [requester],
      title: `${name} is taken down within an hour: practice ends`,
    });
  }
  return soon.length;
}

async function send(
  { notifications, logger }: TellPeopleOptions,
  id: string,
  { to, ...said }: Notice,
): Promise<void> {
  try {
    await notifications.send({
      recipients: { type: 'entity', entityRef: [...new Set(to)] },
      payload: {
        ...said,
        link: `/provisioning/requests/${id}`,
        topic: 'provisioning',
        scope: `provisioning:${id}`,
      },
    });
  } catch (error) {
    // It stands on the page of the request all the same.
    logger.debug('Nobody could be notified', { id, error: String(error) });
  }
}
