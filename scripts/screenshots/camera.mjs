import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { undoAtExit } from '../lib/lifecycle.mjs';
import { tokenOnceKnown } from '../lib/untilSignIn.mjs';

/** Taller than this nobody looks at in a document, px. */
const MAX_HEIGHT = 1_600;

const SIZES = [
  { suffix: '', width: 1_440, height: 900 },
  { suffix: '-narrow', width: 390, height: 844 },
];

/** As in e2e/playwright.config.ts. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/** A browser that takes pictures of a portal in both themes and sizes. */
export async function openCamera({ baseUrl, executablePath }) {
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  undoAtExit(() => browser.close());

  /** Asks the API of a plugin as a person, by default somebody who may read everything; tells it something with a body. */
  const ask = async (
    plugin,
    path,
    { query = {}, body, person = 'user:default/lena.hofmann' } = {},
  ) => {
    const token = await tokenOnceKnown(baseUrl, person);
    const response = await fetch(
      `${baseUrl}/api/${plugin}${path}?${new URLSearchParams(query)}`,
      {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        },
        body: body && JSON.stringify(body),
      },
    );
    if (!response.ok) {
      throw new Error(
        `${path} answers ${response.status}: ${await response.text()}`,
      );
    }
    return response.json();
  };

  const contextFor = ({ person, theme, width, height }) =>
    browser.newContext({
      baseURL: baseUrl,
      viewport: { width, height },
      colorScheme: theme,
      deviceScaleFactor: 1,
      reducedMotion: 'reduce',
      locale: 'en-US',
      timezoneId: 'Europe/Berlin',
      storageState: {
        cookies: [],
        origins: [
          {
            origin: baseUrl,
            localStorage: person
              ? [{ name: 'fawkes/development-person', value: person }]
              : [],
          },
        ],
      },
    });

  const settle = async (page, { path, heading }) => {
    await page.goto(path);
    await page.getByRole('heading', { name: heading }).first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('[role="status"]')].every(
        ({ textContent }) => !textContent.startsWith('Loading '),
      ),
    );
  };

  /** As tall as the page is, so that what stays in place (the navigation) reaches its end. */
  const unroll = async (page, { width, height }) => {
    const content = await page.evaluate(() =>
      Math.max(
        document.documentElement.scrollHeight,
        document.body.scrollHeight,
      ),
    );
    const tall = Math.min(MAX_HEIGHT, Math.max(height, content));
    await page.setViewportSize({ width, height: tall });
    // Charts measure their frame, and draw themselves once more.
    await page.waitForLoadState('networkidle');
    await page.evaluate(
      () =>
        new Promise(done => setTimeout(() => requestAnimationFrame(done), 300)),
    );
  };

  /** Takes the pictures of one page; answers their size in bytes. */
  const photograph = async (place, folder) => {
    let bytes = 0;
    for (const theme of ['light', 'dark']) {
      for (const size of SIZES) {
        const context = await contextFor({ ...place, ...size, theme });
        const page = await context.newPage();
        await settle(page, place);
        await place.fillIn?.(page);
        await unroll(page, size);
        const name = `${place.name}-${theme}${size.suffix}.png`;
        const path = join(folder, name);
        await page.screenshot({ path, animations: 'disabled' });
        bytes += (await stat(path)).size;
        await context.close();
      }
    }
    return bytes;
  };

  return { ask, photograph };
}
