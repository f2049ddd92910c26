import { expect } from '@playwright/test';
import type { Portal } from '../support/portal';
import { Delivery } from './support/delivery';

/**
 * Waits until events are processed, and the catalog has said which service each
 * of them belongs to.
 */
export async function settled(portal: Portal): Promise<void> {
  const delivery = new Delivery(portal);
  await expect
    .poll(
      async () => {
        const { unmapped } = await delivery.read<{
          unmapped: { what: string }[];
        }>('/quality');
        return unmapped.filter(({ what }) => what.startsWith('component:'));
      },
      { message: 'services the catalog does not know yet', timeout: 180_000 },
    )
    .toEqual([]);
  await delivery.settled();
}
