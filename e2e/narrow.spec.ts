import { places } from './families';
import { expect, test } from './support/test';

test.use({ viewport: { width: 360, height: 740 } });

for (const { name, isPublic, open } of places) {
  test.describe(name, () => {
    test.use({ person: isPublic ? 'nobody' : 'mira' });

    test('fits a screen of 360 px', async ({ page, portal }) => {
      await open(page, portal);
      const beyond = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(beyond, 'px to scroll sideways').toBe(0);
    });
  });
}
