import type {
  ProvisioningEvent,
  ProvisioningTopic,
} from '@fawkes/backstage-plugin-provisioning-common';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { EVENT } from '../jobs/tellEvents';
import { noticeOf } from '../jobs/tellPeople';
import { putMessages } from '@fawkes/kit-backend/work';
import { tables } from './tables';

/**
 * Puts down what plugins and people are to be told once this transaction is
 * committed. Neither waits for the other, nor for what the local host tells.
 *
 * @param id - told once by it, however often this is asked
 */
export async function tellLater<T extends ProvisioningTopic>(
  tx: Knex,
  topic: T,
  event: ProvisioningEvent<T>,
  now: number,
  id: string = uuid(),
): Promise<void> {
  const told = {
    id,
    lane: `request/${event.id}`,
    kind: EVENT,
    payload: { topic, event },
  };
  const notice = noticeOf(topic, event, id, now);
  await putMessages(tx, tables.outbox, notice ? [told, notice] : [told], now);
}
