import type { DeliveryEventInput } from '@fawkes/backstage-plugin-delivery-common';
import type {
  ProvisioningEvent,
  ProvisioningTopic,
  ServiceEvent,
} from '@fawkes/backstage-plugin-provisioning-common';
import { entityRefOf } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Message, Teller } from '@fawkes/kit-backend/work';
import type { EffectRequest } from '../effects/driver';
import { EVENT, eventTeller } from '../jobs/tellEvents';
import { localRepository } from './deliveryEvents';
import type { LocalHostOptions } from './options';

const DELIVERY = 'delivery';

/** Most events that are told at once. */
const BATCH = 100;

/** Events for the delivery plugin, in one lane with all others of their service. */
export function forDelivery(
  requestId: string,
  id: string,
  events: readonly DeliveryEventInput[],
): Message[] {
  return chunks(events).map((batch, index) => ({
    id: `${DELIVERY}/${requestId}/${id}${index === 0 ? '' : `/${index}`}`,
    lane: requestId,
    kind: DELIVERY,
    payload: batch,
  }));
}

/** An event of the provisioning plugin, for whoever listens. */
export function forOthers<T extends ProvisioningTopic>(
  requestId: string,
  id: string,
  topic: T,
  event: ProvisioningEvent<T>,
): Message {
  return {
    id: `${EVENT}/${requestId}/${id}`,
    lane: requestId,
    kind: EVENT,
    payload: { topic, event },
  };
}

/** What every event of a service says. */
export function serviceEvent(request: EffectRequest, at: number): ServiceEvent {
  const { id, namespace, name, owner } = request;
  return {
    id,
    namespace,
    name,
    entityRef: entityRefOf(request),
    owner,
    repository: localRepository(request),
    at: new Date(at).toISOString(),
  };
}

/** Whether the delivery plugin was there the last time it was told something. */
export type DeliveryPresence = 'installed' | 'absent' | undefined;

/** Who tells what is put into the outbox. */
export class Tellers {
  presence: DeliveryPresence;

  constructor(
    private readonly options: Pick<
      LocalHostOptions,
      'delivery' | 'credentials' | 'events'
    >,
  ) {}

  get byKind(): Record<string, Teller> {
    return {
      [DELIVERY]: this.tellDelivery,
      [EVENT]: eventTeller(this.options.events),
    };
  }

  private readonly tellDelivery: Teller = async payload => {
    const { delivery, credentials } = this.options;
    let answer;
    try {
      answer = await delivery.tell(
        { events: payload as DeliveryEventInput[] },
        { credentials: await credentials() },
      );
    } catch (error) {
      this.presence = 'installed';
      if (isRefusal(error)) return { refused: String(error) };
      throw error;
    }
    this.presence = answer === undefined ? 'absent' : 'installed';
    if (!answer) return { absent: 'The delivery plugin is not installed' };
    const rejected = answer.results.find(each => each.status === 'rejected');
    return rejected ? { refused: JSON.stringify(rejected) } : 'told';
  };
}

/** What it says no to once, it says no to always. */
function isRefusal(error: unknown): boolean {
  const { statusCode } = error as { statusCode?: unknown };
  return statusCode === 400 || statusCode === 413 || statusCode === 422;
}

function chunks<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / BATCH) }, (_, index) =>
    list.slice(index * BATCH, (index + 1) * BATCH),
  );
}
