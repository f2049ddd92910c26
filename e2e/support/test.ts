import {
  type BrowserContext,
  expect,
  type Page,
  test as base,
} from '@playwright/test';
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
  /** Somebody else, or the same person at another computer: a page in a browser of their own. */
  visit: (person: PersonName) => Promise<Page>;
}

/** What the sign-in page remembers of who signed in. */
const sessionOf = (person: PersonName | 'nobody') => ({
  cookies: [],
  origins: [
    {
      origin: portalUrl,
      localStorage:
        person === 'nobody'
          ? []
          : [
              {
                name: 'fawkes/development-person',
                value: sampleOf(person).ref,
              },
            ],
    },
  ],
});

/** Playwright's test, in a portal: somebody is signed in, and an error in the browser is a failure. */
export const test = base.extend<PortalFixtures & PortalOptions>({
  person: ['mira', { option: true }],

  // So that not every journey begins with signing in.
  storageState: async ({ person }, use) => use(sessionOf(person)),

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

  visit: async ({ browser, contextOptions }, use) => {
    const contexts: BrowserContext[] = [];
    const watched: (() => readonly string[])[] = [];
    await use(async person => {
      const context = await browser.newContext({
        ...contextOptions,
        storageState: sessionOf(person),
      });
      contexts.push(context);
      const page = await context.newPage();
      watched.push(await watchBrowserErrors(page));
      return page;
    });
    const errors = watched.flatMap(each => each());
    await Promise.all(contexts.map(context => context.close()));
    expect(errors, 'errors in the browsers of others').toEqual([]);
  },
});
