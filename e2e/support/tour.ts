import type { Page } from '@playwright/test';
import { openEverything, pointAtEverything } from './overlays';
import type { Place } from './places';
import type { Portal } from './portal';
import { expect } from './test';

/** What a development server covers the whole page with. It has neither role nor name. */
const coverOf = (page: Page) =>
  page.locator('iframe[id$="-dev-server-client-overlay"]');

/** Nothing lies over the whole page. */
export const expectUncovered = (page: Page, when: string) =>
  expect(coverOf(page), `covers, ${when}`).toHaveCount(0);

export interface Tour {
  page: Page;
  portal: Portal;
  browserErrors: () => readonly string[];
}

/** Looks at a place in windows of these sizes and opens everything there is in each; nothing may go wrong. */
export async function tour(
  { page, portal, browserErrors }: Tour,
  { open, opens = [] }: Place,
  sizes: readonly { width: number; height: number }[],
) {
  const expectNothingWrong = async (when: string) => {
    expect(browserErrors(), `errors of the browser, ${when}`).toEqual([]);
    await expectUncovered(page, when);
  };
  await page.setViewportSize(sizes[0]);
  await open(page, portal);
  for (const size of sizes) {
    await page.setViewportSize(size);
    await pointAtEverything(page);
    await expectNothingWrong(`${size.width} px wide`);
    const opened: string[] = [];
    await openEverything(page, async what => {
      opened.push(what);
      await expectNothingWrong(`"${what}" is open, ${size.width} px wide`);
    });
    expect(opened).toEqual(expect.arrayContaining([...opens]));
  }
}
