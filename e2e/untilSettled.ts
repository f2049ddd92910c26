import { request } from '@playwright/test';
import { families } from './families';
import { apiUrl } from './support/environment';
import { Portal } from './support/portal';

/** Waits until the portal has told itself the whole story. A fresh portal needs a minute for that. */
export default async function untilSettled(): Promise<void> {
  const http = await request.newContext({ baseURL: apiUrl });
  const portal = new Portal(http);
  await Promise.all(families.map(({ settled }) => settled(portal)));
  await http.dispose();
}
