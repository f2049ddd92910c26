import type { Page } from '@playwright/test';
import { test } from './delivery/support/test';
import { HomePage } from './pages/HomePage';
import { SignInPage } from './pages/SignInPage';
import { openEverything, pointAtEverything } from './support/overlays';
import { places } from './families';
import type { Place } from './support/places';
import type { Portal } from './support/portal';
import { expect } from './support/test';

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

/** What a development server covers the whole page with. It has neither role nor name. */
const coverOf = (page: Page) =>
  page.locator('iframe[id$="-dev-server-client-overlay"]');

async function tour(
  { open, opens = [] }: Place,
  page: Page,
  portal: Portal,
  errors: () => readonly string[],
) {
  const nothingWrong = async (what: string) => {
    expect(errors(), `errors of the browser, ${what}`).toEqual([]);
    await expect(coverOf(page), `covers, ${what}`).toHaveCount(0);
  };
  await page.setViewportSize(WIDE);
  await open(page, portal);
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    await pointAtEverything(page);
    await nothingWrong(`${size.width} px wide`);
    const opened: string[] = [];
    await openEverything(page, async what => {
      opened.push(what);
      await nothingWrong(`"${what}" is open, ${size.width} px wide`);
    });
    expect(opened).toEqual(expect.arrayContaining([...opens]));
  }
}

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
    await expect(coverOf(page)).toHaveCount(0);
  });
});

for (const place of places.filter(({ opens }) => opens)) {
  test.describe(place.name, () => {
    // Who runs the portal may do the most on the page that is for them.
    test.use({ person: place.name === 'quality' ? 'lena' : 'mira' });

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
      await tour(place, page, portal, browserErrors);
    });
  });
}
