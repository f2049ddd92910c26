import type { Page } from '@playwright/test';
import { expect } from './test';
import type { Portal } from './portal';

/** A page everybody has to be able to use, whatever their screen and eyes. */
export interface Place {
  name: string;
  /** Nobody is signed in there. */
  isPublic?: boolean;
  open(page: Page, portal: Portal): Promise<void>;
}

const PAYMENTS = 'component:default/payments-api';

async function newestFailure(portal: Portal): Promise<string> {
  const { items } = await portal.read<{ items: { key: string }[] }>(
    '/deployments',
    { scope: PAYMENTS, failed: 'true', limit: '1' },
  );
  return items[0].key;
}

async function changeIn(portal: Portal, deployment: string): Promise<string> {
  const { changes } = await portal.read<{ changes: { key: string }[] }>(
    `/deployments/${encodeURIComponent(deployment)}`,
  );
  return changes[0].key;
}

const shows = async (page: Page, path: string, what: string | RegExp) => {
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
};

/** The pages that are looked at in both themes and on a narrow screen. */
export const places: readonly Place[] = [
  {
    name: 'sign-in',
    isPublic: true,
    open: page => shows(page, '/', 'Who would you like to be?'),
  },
  {
    name: 'home',
    open: page => shows(page, '/', 'Delivery performance of all'),
  },
  {
    name: 'dora',
    open: page => shows(page, '/delivery', 'How do you compare?'),
  },
  {
    name: 'delivery-tab',
    open: page =>
      shows(
        page,
        '/catalog/default/component/payments-api/delivery',
        'What the shapes mean',
      ),
  },
  {
    name: 'first-steps',
    open: page =>
      shows(
        page,
        '/catalog/default/component/carrier-invoicing/delivery',
        /^First steps/,
      ),
  },
  {
    name: 'deployment',
    open: async (page, portal) =>
      shows(
        page,
        `/delivery/deployments/${await newestFailure(portal)}`,
        'Is this right?',
      ),
  },
  {
    name: 'change',
    open: async (page, portal) =>
      shows(
        page,
        `/delivery/changes/${await changeIn(
          portal,
          await newestFailure(portal),
        )}`,
        'Where it went',
      ),
  },
  {
    name: 'quality',
    open: page => shows(page, '/delivery/quality', 'Rejected events'),
  },
];
