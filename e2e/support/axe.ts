import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/** What axe finds on a page, in words that lead to the element. */
export async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page })
    // What was said aloud of a button that is gone with its dialog or page; it goes by itself after seconds.
    .exclude('[data-live-announcer]')
    .withTags(STANDARD)
    .analyze();
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id}: ${help}\n${target}\n${failureSummary}`,
    ),
  );
}
