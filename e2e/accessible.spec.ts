import { places } from './families';
import { violations } from './support/axe';
import { visitorOf } from './support/places';
import { expect, test } from './support/test';

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
