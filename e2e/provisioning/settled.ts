import type { Portal } from '../support/portal';
import { SHOWN } from './places';
import { Provisioning } from './support/provisioning';

/** Makes the service whose pages are looked at, and waits until it runs. */
export async function settled(portal: Portal): Promise<void> {
  const provisioning = new Provisioning(portal);
  const there = (await provisioning.requests()).find(
    ({ name, state }) => name === SHOWN.name && state !== 'destroyed',
  );
  const id = there?.id ?? (await provisioning.create(SHOWN.name, SHOWN.by));
  const { state, reason } = await provisioning.settled(id);
  if (state !== 'ready') {
    throw new Error(`${SHOWN.name} is ${state}: ${reason?.text}`);
  }
}
