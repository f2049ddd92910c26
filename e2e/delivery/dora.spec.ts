import { DoraPage } from './pages/DoraPage';
import { downloadedText } from '../support/download';
import { expect, test } from './support/test';

test('scope and window are chosen, and the shared link shows the same to somebody else', async ({
  page,
  browser,
  contextOptions,
  storageState,
}) => {
  const dora = new DoraPage(page);
  await dora.open();
  const everything = await dora.numbers();

  await dora.chooseScope('payments api', /^Payments API/);
  await expect(dora.scope).toHaveText('Payments API');
  await dora.chooseWindow('30 days');
  await expect(page).toHaveURL(/scope=component%3Adefault%2Fpayments-api/);
  await expect(page).toHaveURL(/days=30/);
  await expect(dora.number('Deployments')).toContainText(
    /\d+ deployments? reached production/,
  );
  await expect.poll(() => dora.numbers()).not.toEqual(everything);
  await expect(page.getByText('Loading the new view…')).toHaveCount(0);
  const numbers = await dora.numbers();

  const link = await dora.share();
  // Pinned to dates and a zone: tomorrow and elsewhere it shows the same.
  expect(link).toMatch(/from=\d{4}-\d{2}-\d{2}&to=\d{4}-\d{2}-\d{2}/);
  expect(link).toContain('tz=Europe');

  const elsewhere = await browser.newContext({
    ...contextOptions,
    storageState,
    timezoneId: 'America/New_York',
  });
  const theirs = await elsewhere.newPage();
  await theirs.goto(link);
  const same = new DoraPage(theirs);
  await expect(same.scope).toHaveText('Payments API');
  await expect.poll(() => same.numbers()).toEqual(numbers);
  await elsewhere.close();
});

test('back and reload keep what was looked at', async ({ page }) => {
  const dora = new DoraPage(page);
  await dora.open('?days=90');
  await dora.chooseWindow('30 days');
  await expect(page).toHaveURL(/days=30/);
  await page.reload();
  await expect(page.getByRole('radio', { name: '30 days' })).toBeChecked();
  await page.goBack();
  await expect(page).toHaveURL(/days=90/);
  await expect(page.getByRole('radio', { name: '90 days' })).toBeChecked();
});

test('a chart is a table too, and its download holds what the table says', async ({
  page,
}) => {
  const dora = new DoraPage(page);
  await dora.open('?scope=component%3Adefault%2Fpayments-api&days=90');
  const chart = dora.chart('How many deployments each week?');

  await dora.viewAsTable(chart);
  const table = chart.getByRole('table');
  await expect(table).toBeVisible();
  const weeks = table.locator('tbody').getByRole('row');
  await expect(weeks.first()).toBeVisible();
  const count = await weeks.count();
  // Ninety days touch thirteen calendar weeks or fourteen, depending on the day they end on.
  expect([13, 14]).toContain(count);

  const { name, text } = await dora.downloadCsv(chart);
  expect(name).toMatch(/\.csv$/);
  const [head, ...lines] = text.trim().split(/\r?\n/);
  expect(head.split(',').length).toBeGreaterThan(1);
  expect(lines).toHaveLength(count);
  const firstCell = weeks.first().getByRole('cell').first();
  const deployments = (await firstCell.innerText()).replace(/\D/g, '');
  expect(lines[0].split(',')).toContain(deployments);
});

test('everything shown can be exported', async ({ page }) => {
  const dora = new DoraPage(page);
  await dora.open();
  const { name, text } = await downloadedText(page, async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Metrics as CSV' }).click();
  });
  expect(name).toBe('delivery-metrics.csv');
  expect(text.trim().split(/\r?\n/).length).toBeGreaterThan(5);
});

test('teams and services can be sorted and opened', async ({ page }) => {
  const dora = new DoraPage(page);
  await dora.open();
  const section = page.getByRole('region', { name: 'Teams and services' });
  await section.getByRole('tab', { name: 'Services' }).click();
  await section.getByRole('columnheader', { name: 'Service' }).click();
  await expect(page).toHaveURL(/sort=name/);
  await section.getByRole('rowheader', { name: /^Ledger/ }).click();
  await expect(page).toHaveURL(/component\/ledger\/delivery/);
});
