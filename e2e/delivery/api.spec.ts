import { expect, test } from './support/test';

test('the API of the suite is in the catalog, with what can be asked of it', async ({
  page,
}) => {
  await page.goto('/catalog/default/api/delivery');
  await expect(
    page.getByRole('heading', { name: 'Delivery', level: 1 }),
  ).toBeVisible();
  await expect(
    page.getByText('Take in canonical events: a JSON array or NDJSON'),
  ).toBeVisible();
});
