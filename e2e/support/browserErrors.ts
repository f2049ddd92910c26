import type { Page } from '@playwright/test';

/**
 * Errors of the browser that are not faults of the portal. Each with its reason; the list should
 * get shorter.
 */
const KNOWN: readonly { pattern: RegExp; why: string }[] = [
  {
    // The first component that is named with its file is the one that is warned about.
    pattern:
      /^Warning: (?:(?!\(webpack-internal:)[^])*\(webpack-internal:[^)]*\/node_modules\//,
    why: "what React's development build says about the code of a library",
  },
];

/**
 * Collects what a person would see in the console of the browser, and errors that only `window` hears of: a
 * ResizeObserver that changes what it observes throws nothing, but covers the portal under a development server.
 */
export async function watchBrowserErrors(
  page: Page,
): Promise<() => readonly string[]> {
  const errors: string[] = [];
  const note = (text: string) => {
    if (!KNOWN.some(({ pattern }) => pattern.test(text))) errors.push(text);
  };
  page.on('pageerror', error =>
    note(`Uncaught: ${error.stack ?? error.message}`),
  );
  page.on('console', message => {
    if (message.type() !== 'error') return;
    const { url } = message.location();
    note(`${message.text()}${url ? ` (${url})` : ''}`);
  });
  await page.addInitScript(() =>
    window.addEventListener('error', ({ error, message }) => {
      if (!error) console.error(`Told to the window only: ${message}`);
    }),
  );
  return () => errors;
}
