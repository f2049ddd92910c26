import { places } from './families';
import { chromiumWithScrollbars } from './support/chromium';
import { test } from './support/test';
import { tour } from './support/tour';

// A layer over the page takes the scrollbar away. Where that gives room, what opens there is placed differently.
test.use({ launchOptions: chromiumWithScrollbars });

/** Here a list of choices and a tooltip end at the edge of the window. */
const AT_THE_EDGE = { width: 1100, height: 800 };

for (const place of places.filter(({ name }) => name === 'delivery: dora')) {
  test(`${place.name} opens everything it has beside scrollbars`, async ({
    page,
    portal,
    browserErrors,
  }) => {
    test.setTimeout(240_000);
    await tour({ page, portal, browserErrors }, place, [AT_THE_EDGE]);
  });
}
