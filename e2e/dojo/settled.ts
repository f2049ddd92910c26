import { expect } from '@playwright/test';
import type { Portal } from '../support/portal';

/** Waits until the curriculum has been published. */
export async function settled(portal: Portal): Promise<void> {
  await expect
    .poll(
      async () => {
        const { curricula } = await portal.read<{ curricula: object[] }>(
          'dojo',
          '/dojo',
        );
        return curricula.length;
      },
      { message: 'curricula', timeout: 60_000 },
    )
    .toBe(1);
}
