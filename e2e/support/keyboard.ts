import { expect, type Locator, type Page } from '@playwright/test';

/** More often nobody presses it to get somewhere on a page. */
const MOST = 150;

/** Goes on with Tab until this has the focus, as somebody does who has no mouse. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < MOST; presses++) {
    if (await target.evaluate(element => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  await expect(target, 'reached with Tab').toBeFocused({ timeout: 1 });
}

/** Goes there with Tab and presses it. */
export async function press(
  page: Page,
  target: Locator,
  key = 'Enter',
): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** Chooses one of several with the arrows: Tab leads to the set, and no further. */
export async function choose(
  page: Page,
  first: Locator,
  wanted: Locator,
): Promise<void> {
  await press(page, first, 'Space');
  for (let presses = 0; presses < MOST; presses++) {
    if (await wanted.isChecked()) return;
    await page.keyboard.press('ArrowDown');
  }
  await expect(wanted, 'chosen with the arrows').toBeChecked({ timeout: 1 });
}
