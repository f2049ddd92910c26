import { places } from './families';
import { visitorOf } from './support/places';
import { expect, test } from './support/test';

test.use({ viewport: { width: 360, height: 740 } });

for (const place of places) {
  test.describe(place.name, () => {
    test.use({ person: visitorOf(place) });

    test('fits a screen of 360 px', async ({ page, portal }) => {
      await place.open(page, portal);
      const beyond = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(beyond, 'px to scroll sideways').toBe(0);
    });
  });
}
