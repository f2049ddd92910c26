import { expect, request } from '@playwright/test';
import { apiUrl } from './environment';
import { Portal } from './portal';

/**
 * Waits until the portal has told itself the whole story: events are processed, and the catalog has
 * said which service each of them belongs to. A fresh portal needs a minute for that.
 */
export default async function untilSettled(): Promise<void> {
  const http = await request.newContext({ baseURL: apiUrl });
  const portal = new Portal(http);
  await expect
    .poll(
      async () => {
        const { unmapped } = await portal.read<{
          unmapped: { what: string }[];
        }>('/quality');
        return unmapped.filter(({ what }) => what.startsWith('component:'));
      },
      { message: 'services the catalog does not know yet', timeout: 180_000 },
    )
    .toEqual([]);
  await portal.settled();
  await http.dispose();
}
