import type { Page } from '@playwright/test';
import type { PersonName } from './environment';
import { expect, type PortalOptions } from './test';
import type { Portal } from './portal';

/** A page everybody has to be able to use, whatever their screen and eyes. */
export interface Place {
  name: string;
  /** Nobody is signed in there. */
  isPublic?: boolean;
  /** Who looks at it, where it is not a page for everybody; Mira otherwise. */
  person?: PersonName;
  open(page: Page, portal: Portal): Promise<void>;
  /**
   * Goes on the smoke journey, where at least these are opened by their names,
   * lest nothing is found and nothing fails.
   */
  opens?: readonly string[];
}

/** Who is signed in at a place. */
export const visitorOf = ({
  isPublic,
  person = 'mira',
}: Place): PortalOptions['person'] => (isPublic ? 'nobody' : person);

/** Opens a path and waits for a heading, link or list of this name, and for all parts of the page. */
export async function shows(
  page: Page,
  path: string,
  what: string | RegExp,
): Promise<void> {
  await page.goto(path);
  await expect(
    page
      .getByRole('heading', { name: what })
      .or(page.getByRole('link', { name: what }))
      .or(page.getByRole('list', { name: what }))
      .first(),
  ).toBeVisible();
  // Every part of the page is there, not only the first.
  await expect(page.getByText(/^Loading /)).toHaveCount(0);
}
