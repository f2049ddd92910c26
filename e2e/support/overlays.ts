import { expect, type Locator, type Page } from '@playwright/test';

/** What opens something, as a screen reader is told. */
const TRIGGERS =
  '[aria-expanded], [aria-haspopup]:not([aria-haspopup="false"])';

/** What lies over the page, the newest last, and whether something lies over it or not. */
const layersOf = (page: Page) =>
  page
    .locator(':is([role="dialog"], [role="menu"], [role="listbox"])')
    .filter({ visible: true });

const nameOf = (trigger: Locator) =>
  trigger.evaluate(element =>
    (element.getAttribute('aria-label') ?? element.textContent ?? '').trim(),
  );

/** The browser has laid out, told its observers and painted, twice. */
const painted = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>(resolve => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );

/**
 * Opens and closes everything in `place` that can be opened, and what can be opened in there, one after the other.
 *
 * @param look - is told the name of what is open, once it stands
 */
export async function openEverything(
  page: Page,
  look: (name: string) => Promise<void>,
  place: Page | Locator = page,
): Promise<void> {
  const triggers = place.locator(TRIGGERS).filter({ visible: true });
  for (const trigger of await triggers.all()) {
    const name = await nameOf(trigger);
    const below = await layersOf(page).count();
    await trigger.click();
    await expect(trigger, name).toHaveAttribute('aria-expanded', 'true');
    await painted(page);
    await look(name);
    if ((await layersOf(page).count()) > below) {
      await openEverything(page, look, layersOf(page).nth(below));
      // A tooltip that is still there from before would take the key for itself.
      await expect(page.locator('[role="tooltip"]')).toHaveCount(0);
      await page.keyboard.press('Escape');
      await expect(layersOf(page), `layers after ${name}`).toHaveCount(below);
    } else {
      // It has unfolded within the page.
      await trigger.click();
    }
    await expect(trigger, name).not.toHaveAttribute('aria-expanded', 'true');
  }
}

/** Points at what tells more to those who stop there: drawings, and levels with their thresholds. */
export async function pointAtEverything(page: Page): Promise<void> {
  for (const figure of await page.getByRole('figure').all()) {
    await figure.hover();
    await painted(page);
  }
  const levels = page
    .getByRole('button')
    .filter({ hasText: /^(Elite|High|Medium|Low)$/ })
    .filter({ visible: true });
  for (const level of await levels.all()) {
    const tooltip = page
      .getByRole('tooltip')
      .filter({ hasText: await nameOf(level) });
    await level.hover();
    await expect(tooltip.first()).toBeVisible();
    await painted(page);
  }
}
