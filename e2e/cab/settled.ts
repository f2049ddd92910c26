import { expect } from '@playwright/test';
import type { Portal } from '../support/portal';
import { sampleChanges } from './support';

/** Waits until the sample people have asked for their changes and decided them. */
export async function settled(portal: Portal): Promise<void> {
  await expect
    .poll(
      async () => {
        const changes = await sampleChanges(portal);
        return changes.map(({ state }) => state).sort();
      },
      { message: 'changes of the sample story', timeout: 120_000 },
    )
    .toEqual(['approved', 'board_review', 'rejected']);
}
