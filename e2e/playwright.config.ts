import { defineConfig } from '@playwright/test';
import { chromium } from './support/chromium';
import { isDevelopmentServer, portalUrl } from './support/environment';
import type { PortalOptions } from './support/test';

const FOR_DEVELOPMENT = '**/*.dev.spec.ts';

/** What is played. Each leaves its traces in a folder of its own, so that one does not sweep away what the other found. */
const played = isDevelopmentServer
  ? { testMatch: FOR_DEVELOPMENT }
  : { testIgnore: FOR_DEVELOPMENT };
const folder = isDevelopmentServer ? 'development' : 'built';

export default defineConfig<PortalOptions>({
  testDir: '.',
  ...played,
  outputDir: `../test-results/${folder}`,
  globalSetup: './untilSettled.ts',
  // One portal, one worker: a test may count on nobody else sending events.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // A journey that succeeds only at the second try is a finding.
  retries: 0,
  // What takes long takes long on a slow machine; how fast anything is says `yarn bench`.
  timeout: 120_000,
  // A development server hands out the code of every module on its own.
  expect: { timeout: isDevelopmentServer ? 90_000 : 20_000 },
  reporter: [
    ['list'],
    ['html', { outputFolder: `../e2e-test-report/${folder}`, open: 'never' }],
  ],
  use: {
    baseURL: portalUrl,
    person: 'mira',
    viewport: { width: 1280, height: 900 },
    locale: 'en-US',
    // Not UTC, so that days that begin elsewhere are found out.
    timezoneId: 'Europe/Berlin',
    permissions: ['clipboard-read', 'clipboard-write'],
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: chromium,
  },
});
