import { DeploymentPage } from './pages/DeploymentPage';
import type { Delivery } from './support/delivery';
import { expect, test } from './support/test';

interface Deployment {
  key: string;
  status: string;
}

/** A deployment of Mira's service that got through and counts as failed. */
async function failedDeployment(delivery: Delivery): Promise<string> {
  const { items } = await delivery.read<{ items: Deployment[] }>(
    '/deployments',
    {
      scope: 'component:default/payments-api',
      failed: 'true',
      limit: '20',
    },
  );
  const found = items.find(({ status }) => status === 'success');
  if (!found) throw new Error('The sample story has no failed deployment');
  return found.key;
}

test('Mira, an owner, says that a deployment did not fail, and takes it back', async ({
  page,
  delivery,
}) => {
  const deployment = new DeploymentPage(page);
  await deployment.open(await failedDeployment(delivery));
  await expect(deployment.fact('Outcome')).toContainText('Failed');

  await deployment.mark('It did not fail', 'A drill, nobody was affected');
  await expect(page.getByText('Saved: marked as not failed.')).toBeVisible();
  await expect(deployment.fact('Outcome')).toContainText('Success');
  await expect(deployment.verdict).toContainText('Mira Okafor');
  await expect(deployment.verdict).toContainText('nobody was affected');
  await expect(
    page.getByRole('region', { name: /overruled by hand/ }),
  ).toBeVisible();

  await deployment.mark('Remove the mark and let the rules decide', 'Undone');
  await expect(deployment.fact('Outcome')).toContainText('Failed');
  await expect(deployment.verdict).toContainText('Nobody marked it by hand');
});

test.describe('Priya', () => {
  test.use({ person: 'priya' });

  test('may look but not mark, and is told why', async ({ page, delivery }) => {
    const deployment = new DeploymentPage(page);
    await deployment.open(await failedDeployment(delivery));
    await expect(deployment.verdict).toContainText(
      'You may not mark deployments of Payments API',
    );
    await expect(deployment.verdict).toContainText('delivery.deployment.mark');
    await expect(
      page.getByRole('button', { name: 'This is wrong' }),
    ).toHaveCount(0);
  });
});
