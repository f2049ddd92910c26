import { defineConfig } from '@playwright/test';
import { portalUrl } from './support/environment';
import type { PortalOptions } from './support/test';

/** What lets Chromium run in a container, and keeps it from talking to anybody but the portal. */
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

export default defineConfig<PortalOptions>({
  testDir: '.',
  outputDir: '../test-results',
  globalSetup: './untilSettled.ts',
  // One portal, one worker: a test may count on nobody else sending events.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // A journey that succeeds only at the second try is a finding.
  retries: 0,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [
    ['list'],
    ['html', { outputFolder: '../e2e-test-report', open: 'never' }],
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
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: CHROMIUM_FLAGS,
    },
  },
});
