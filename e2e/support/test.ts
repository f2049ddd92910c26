import { test as base, expect } from '@playwright/test';
import { watchBrowserErrors } from './browserErrors';
import {
  apiUrl,
  person as sampleOf,
  portalUrl,
  type PersonName,
} from './environment';
import { Portal } from './portal';

export { expect };

export interface PortalOptions {
  /** Who has signed in before the test begins; `nobody` sees the sign-in page. */
  person: PersonName | 'nobody';
}

export interface PortalFixtures {
  portal: Portal;
  /** Errors of the browser so far. There have to be none at the end. */
  browserErrors: () => readonly string[];
}

/** Playwright's test, in a portal: somebody is signed in, and an error in the browser is a failure. */
export const test = base.extend<PortalFixtures & PortalOptions>({
  person: ['mira', { option: true }],

  // What the sign-in page remembers, so that not every journey begins there.
  storageState: async ({ person }, use) => {
    const localStorage =
      person === 'nobody'
        ? []
        : [
            {
              name: 'fawkes/development-person',
              value: sampleOf(person).ref,
            },
          ];
    await use({ cookies: [], origins: [{ origin: portalUrl, localStorage }] });
  },

  portal: async ({ playwright }, use) => {
    const http = await playwright.request.newContext({ baseURL: apiUrl });
    await use(new Portal(http));
    await http.dispose();
  },

  browserErrors: [
    async ({ page }, use) => {
      const errors = await watchBrowserErrors(page);
      await use(errors);
      expect(errors(), 'errors in the browser').toEqual([]);
    },
    { auto: true },
  ],
});
