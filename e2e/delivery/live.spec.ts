import type { Page } from '@playwright/test';
import { DeliveryTab } from './pages/DeliveryTab';
import { deployed, deploymentStatus, serviceDeployed } from './support/events';
import { untilListening } from './support/live';
import { expect, test } from './support/test';

async function openListening(page: Page, tab: DeliveryTab) {
  const listening = untilListening(page);
  await tab.open('ledger');
  await expect(tab.rows.first()).toBeVisible();
  await listening;
}

/**
 * It takes well under a second where the machine is idle (`yarn bench delivery`
 * says how long); two cores that also draw the page and run this test need more.
 */
const SEEN_WITHIN = { timeout: 15_000 };

test('a deployment appears on the open tab within seconds', async ({
  page,
  delivery,
  source,
}) => {
  const tab = new DeliveryTab(page);
  await openListening(page, tab);
  const before = await tab.deployments();
  let loads = 0;
  page.on('load', () => (loads += 1));

  const answer = await delivery.sendEvents(
    deployed(source, 'ledger', 'e2e-1.0.0'),
  );
  expect(answer.status()).toBe(202);

  await expect.poll(() => tab.deployments(), SEEN_WITHIN).toBe(before + 1);
  await expect(tab.row('e2e-1.0.0')).toBeVisible(SEEN_WITHIN);
  await expect(tab.marks.last()).toHaveAccessibleName(/^e2e-1\.0\.0/);

  await delivery.forget(source);
  await expect.poll(() => tab.deployments(), { timeout: 15_000 }).toBe(before);
  expect(loads, 'loads of the page meanwhile').toBe(0);
});

test('a CDEvent does the same', async ({ page, delivery, source }) => {
  const tab = new DeliveryTab(page);
  await openListening(page, tab);
  const before = await tab.deployments();

  const answer = await delivery.sendCloudEvent(
    serviceDeployed(source, 'ledger', `${source}-1`),
  );
  expect(answer.status(), await answer.text()).toBe(202);

  await expect.poll(() => tab.deployments(), SEEN_WITHIN).toBe(before + 1);
});

test('a signed GitHub webhook does the same, an unsigned one nothing', async ({
  page,
  delivery,
}) => {
  const tab = new DeliveryTab(page);
  await openListening(page, tab);
  const before = await tab.deployments();

  const forged = await delivery.sendGithubWebhook(
    'deployment_status',
    deploymentStatus('aurelia-goods/ledger', 'v666.0.0'),
    { secret: 'a guess' },
  );
  expect(forged.status()).toBe(403);

  try {
    const answer = await delivery.sendGithubWebhook(
      'deployment_status',
      deploymentStatus('aurelia-goods/ledger', 'v99.0.0'),
    );
    expect(answer.status()).toBe(202);
    await expect(tab.row('v99.0.0')).toBeVisible(SEEN_WITHIN);
    await expect.poll(() => tab.deployments(), SEEN_WITHIN).toBe(before + 1);
    await expect(tab.row('v666.0.0')).toHaveCount(0);
  } finally {
    await delivery.forget('github.com/aurelia-goods');
    await delivery.forget('github');
    await delivery.settled();
  }
});
