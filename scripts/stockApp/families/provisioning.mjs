// The provisioning plugins: from the form to a service that answers and stands in the catalog, in a browser.
import { join } from 'node:path';
import { Problem } from '../../lib/problem.mjs';

/** What somebody adds to their app; what these need of this repository comes along. */
export const packages = {
  app: ['plugins/provisioning'],
  backend: [
    'plugins/provisioning-backend',
    'plugins/scaffolder-backend-module-service',
    'plugins/catalog-backend-module-provisioning',
  ],
};

/** Every line somebody has to write. The frontend finds its plugin by itself. */
export const lines = [
  "backend.add(import('@fawkes/backstage-plugin-provisioning-backend'));",
  "backend.add(import('@fawkes/backstage-plugin-scaffolder-backend-module-service'));",
  "backend.add(import('@fawkes/backstage-plugin-catalog-backend-module-provisioning'));",
];

/**
 * Running what is made on the computer of the portal is off until somebody says
 * where; and whoever asks is somebody the catalog knows, as its example guest is.
 */
export const settings = app => ({
  auth: {
    providers: {
      guest: {
        userEntityRef: 'user:default/guest',
        ownershipEntityRefs: ['user:default/guest', 'group:default/guests'],
      },
    },
  },
  provisioning: {
    local: { enabled: true, directory: join(app, '.provisioning') },
  },
});

const NAME = 'stock-orders';
/** The group of the example guest. */
const OWNER = 'guests';

/** Answers what the page of the request says, the service at its address, and its page of the catalog. */
export async function prove({ openAsGuest }) {
  const page = await openAsGuest('/provisioning/new');
  await page
    .getByRole('radio', { name: /^API in Node\.js / })
    .check({ timeout: 60_000 });
  await page.getByRole('textbox', { name: /^Name/ }).fill(NAME);
  await page.getByRole('button', { name: /Owner/ }).click();
  await page.getByRole('option', { name: OWNER, exact: true }).click();
  await page
    .getByRole('textbox', { name: /^Description/ })
    .fill('Made in a stock app');
  await page.getByRole('button', { name: 'See what would happen' }).click();
  await page
    .getByRole('button', { name: 'Do this' })
    .click({ timeout: 60_000 });

  const service = page.getByRole('region', { name: 'Running service' });
  await service
    .getByText('Healthy', { exact: true })
    .waitFor({ timeout: 240_000 });
  const address = await service
    .getByRole('link', { name: /^http/ })
    .getAttribute('href');
  const health = await fetch(new URL('/health', address));
  if (!health.ok) {
    throw new Problem(`${address}/health answered ${health.status}`);
  }
  const steps = page.getByRole('list', { name: 'Steps', exact: true });
  await page
    .getByRole('region', { name: 'Making it: last run' })
    .waitFor({ timeout: 60_000 });
  const seen = await steps.getByRole('listitem').allInnerTexts();
  await page.getByRole('link', { name: 'Open its catalog page' }).click();
  await page
    .getByRole('link', { name: 'Service', exact: true })
    .click({ timeout: 60_000 });
  await page
    .getByRole('link', { name: address })
    .first()
    .waitFor({ timeout: 60_000 });
  return [
    `${NAME} answers at ${address}/health: ${await health.text()}`,
    'The tab "Service" of its catalog page has that address.',
    'Its steps:',
    ...seen.map(text => `    ${text.split('\n').slice(0, 3).join(' · ')}`),
  ];
}
