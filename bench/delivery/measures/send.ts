import type {
  DeliveryEvent,
  IntakeResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import type { DeliveryProcess } from '../protocol';

/** Sends events over HTTP; resolves when the backend says that they are durable. */
export async function send(
  backend: DeliveryProcess,
  events: readonly DeliveryEvent[],
  body = JSON.stringify(events),
): Promise<void> {
  const response = await fetch(`${backend.url}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const answer: IntakeResponse = await response.json();
  if (response.status !== 202 || answer.rejected > 0) {
    throw new Error(`Refused: ${JSON.stringify(answer).slice(0, 500)}`);
  }
}
