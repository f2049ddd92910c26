import { test } from './delivery/support/test';
import { places } from './families';
import { HomePage } from './pages/HomePage';
import { SignInPage } from './pages/SignInPage';
import { visitorOf } from './support/places';
import { expect } from './support/test';
import { expectUncovered, tour } from './support/tour';

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

test.describe('somebody new', () => {
  test.use({ person: 'nobody', viewport: NARROW });

  test('signs in and finds the menu of a narrow screen', async ({ page }) => {
    const signIn = new SignInPage(page);
    await signIn.open();
    await signIn.signInAs('Mira Okafor');
    await expect(new HomePage(page).greeting).toContainText('Mira');

    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('link', { name: 'Delivery', exact: true }).click();
    await expect(page).toHaveURL(/\/delivery$/);
    await expectUncovered(page, 'after signing in');
  });
});

for (const place of places.filter(({ opens }) => opens)) {
  test.describe(place.name, () => {
    test.use({ person: visitorOf(place) });

    test('opens everything it has, wide and narrow', async ({
      page,
      portal,
      source,
      delivery,
      browserErrors,
    }) => {
      test.setTimeout(240_000);
      // Something that was rejected shows what came.
      await delivery.sendEvents({ type: 'nonsense', source, id: '1' });
      await tour({ page, portal, browserErrors }, place, [WIDE, NARROW]);
    });
  });
}
