import { expect, test } from './support/test';

test('the API of the suite is in the catalog, with what can be asked of it', async ({
  page,
}) => {
  await page.goto('/catalog/default/api/delivery');
  // The viewer of API definitions is a program of some megabytes.
  await expect(
    page.getByRole('heading', { name: 'Delivery', level: 1 }),
  ).toBeVisible({ timeout: 60_000 });
  await expect(
    page.getByText('Take in canonical events: a JSON array or NDJSON'),
  ).toBeVisible();
});
