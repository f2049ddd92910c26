import type { Page } from '@playwright/test';

/**
 * Errors of the browser that are not faults of the portal. Each with its reason; the list should
 * get shorter.
 */
const KNOWN: readonly { pattern: RegExp; why: string }[] = [];

/** Collects what a person would see in the console of the browser. */
export function watchBrowserErrors(page: Page): () => string[] {
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
  return () => errors;
}
