import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { places } from './families';
import { visitorOf } from './support/places';
import { expect, test } from './support/test';

const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/** What axe finds on a page, in words that lead to the element. */
async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(STANDARD).analyze();
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id}: ${help}\n${target}\n${failureSummary}`,
    ),
  );
}

for (const place of places) {
  test.describe(place.name, () => {
    test.use({ person: visitorOf(place) });

    test('has nothing that WCAG 2.1 AA forbids, light or dark', async ({
      page,
      portal,
    }) => {
      await place.open(page, portal);
      expect.soft(await violations(page), 'light').toEqual([]);

      await page.emulateMedia({ colorScheme: 'dark' });
      await expect(
        page.locator('[data-theme-mode="dark"]').first(),
      ).toBeAttached();
      expect.soft(await violations(page), 'dark').toEqual([]);
    });
  });
}
