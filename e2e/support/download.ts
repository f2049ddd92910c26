import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';

/** Name and content of the file that `act` makes the browser download. */
export async function downloadedText(
  page: Page,
  act: () => Promise<void>,
): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return {
    name: download.suggestedFilename(),
    text: await readFile(await download.path(), 'utf8'),
  };
}
