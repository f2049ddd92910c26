import { NotFoundError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type {
  ProvisioningEvent,
  ProvisioningTopic,
} from '@fawkes/backstage-plugin-provisioning-common';
import { inTransaction } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import {
  putMessages,
  type Message,
  type Teller,
} from '@fawkes/kit-backend/work';
import { tables } from '../store/tables';

/** Messages that are notifications for people. */
export const NOTICE = 'notice';

/** What telling people needs. */
export interface TellPeopleOptions {
  notifications: NotificationService;
  /** Entity refs of the groups that run the portal. */
  platformGroups: readonly string[];
  now(): number;
}

interface Notice {
  requestId: string;
  to: readonly string[];
  /** Whether those who run the portal are told too. */
  platform?: boolean;
  title: string;
  description?: string;
  severity?: 'high';
  /** When it happened, ms. */
  at: number;
}

/** News older than this is on the page of the request; nobody is disturbed any more. */
const FRESH_MS = 86_400_000;

/** Tells people; a portal without notifications tells nobody. */
export function noticeTeller(options: TellPeopleOptions): Teller {
  const { notifications, platformGroups, now } = options;
  return async payload => {
    const { requestId, to, platform, at, ...said } = payload as Notice;
    if (now() - at > FRESH_MS) return { refused: 'nobody could be told' };
    const refs = [...to, ...(platform ? platformGroups : [])];
    try {
      await notifications.send({
        recipients: { type: 'entity', entityRef: [...new Set(refs)] },
        payload: {
          ...said,
          link: `/provisioning/requests/${requestId}`,
          topic: 'provisioning',
          scope: `provisioning:${requestId}`,
        },
      });
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

/** What people are told of an event; undefined where they are told nothing. */
export function noticeOf<T extends ProvisioningTopic>(
  topic: T,
  event: ProvisioningEvent<T>,
  id: string,
  at: number,
): Message | undefined {
  const wanted = wordsOf(
    topic,
    event as ProvisioningEvent<'provisioning.request.failed'>,
  );
  return wanted && messageOf({ ...wanted, requestId: event.id, at }, id);
}

function messageOf(notice: Notice, id: string): Message {
  return {
    id: `${NOTICE}/${id}`,
    lane: `${NOTICE}/${notice.requestId}`,
    kind: NOTICE,
    payload: notice,
  };
}

function wordsOf(
  topic: ProvisioningTopic,
  {
    name,
    requester,
    owner,
    reason,
  }: ProvisioningEvent<'provisioning.request.failed'>,
): Omit<Notice, 'requestId' | 'at'> | undefined {
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
        to: [requester, owner],
        platform: true,
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
 * Has people told that their practice is about to end, once.
 *
 * @returns how many are told
 */
export async function tellEndOfPractice(
  db: Knex,
  now: number,
): Promise<number> {
  const soon = await db('requests')
    .where({ practice: true, end_told: false })
    .whereNotIn('state', ['destroying', 'destroyed', 'forgotten'])
    .where('ends_at', '<=', now + AHEAD_MS)
    .select('id', 'name', 'requester');
  for (const { id, name, requester } of soon) {
    const notice = {
      requestId: id,
      to: [requester],
      title: `${name} is taken down within an hour: practice ends`,
      at: now,
    };
    await inTransaction(db, async tx => {
      await tx('requests').where('id', id).update({ end_told: true });
      const message = messageOf(notice, `${id}/practice`);
      await putMessages(tx, tables.outbox, [message], now);
    });
  }
  return soon.length;
}
