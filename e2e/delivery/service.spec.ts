import { ChangePage } from './pages/ChangePage';
import { DeliveryTab } from './pages/DeliveryTab';
import { DeploymentPage } from './pages/DeploymentPage';
import { HomePage } from '../pages/HomePage';
import { expect, test } from './support/test';

test('from a number on the home page to the commit behind it, and back', async ({
  page,
}) => {
  const home = new HomePage(page);
  const tab = new DeliveryTab(page);
  const deployment = new DeploymentPage(page);
  const change = new ChangePage(page);

  await home.open();
  await home.service('Payments API').click();
  await expect(page).toHaveURL(/\/component\/payments-api\/delivery/);
  await expect(tab.number('Lead time')).toContainText('changes reach users');

  // The first row of the list, by keyboard alone.
  await expect(tab.rows.first()).toBeVisible();
  const version = await tab.rows.first().getByRole('rowheader').innerText();
  await tab.rows.first().focus();
  await page.keyboard.press('Enter');
  await expect(deployment.title).toHaveText(`${version} → production`);
  const deploymentUrl = page.url();

  const title = await deployment.changes.first().innerText();
  await deployment.changes.first().click();
  await expect(change.title).toHaveText(title);
  await expect(change.moments.getByRole('listitem').first()).toBeVisible();
  await expect(change.destinations).toContainText('Payments API');

  // An address leads back as well as the button.
  await page.goto(deploymentUrl);
  await expect(deployment.title).toHaveText(`${version} → production`);
  await deployment.fact('Service').getByRole('link').click();
  await expect(tab.row(version).first()).toBeVisible();
});

test('the river is one tab stop; arrows move along it, Enter opens', async ({
  page,
}) => {
  const tab = new DeliveryTab(page);
  const deployment = new DeploymentPage(page);
  await tab.open('payments-api');
  await expect(tab.marks.first()).toBeAttached();

  await tab.river.getByRole('button', { name: 'Download CSV' }).focus();
  await page.keyboard.press('Tab');
  await expect(tab.marks.last()).toBeFocused();

  await page.keyboard.press('ArrowLeft');
  const before = tab.marks.nth((await tab.marks.count()) - 2);
  await expect(before).toBeFocused();
  await page.keyboard.press('Home');
  await expect(tab.marks.first()).toBeFocused();
  await page.keyboard.press('ArrowRight');
  const second = tab.marks.nth(1);
  await expect(second).toBeFocused();
  const name = (await second.getAttribute('aria-label')) ?? '';
  await page.keyboard.press('Enter');
  await expect(deployment.title).toHaveText(name.split(',')[0]);
});

test('the list can be narrowed to what failed', async ({ page }) => {
  const tab = new DeliveryTab(page);
  await tab.open('payments-api');
  const successes = tab.list.getByRole('gridcell', { name: /^Success/ });
  await expect(successes.first()).toBeVisible();
  await tab.list.getByRole('radio', { name: 'Failed' }).click();
  await expect(successes).toHaveCount(0);
  await expect(
    tab.list.getByRole('gridcell', { name: /^(Failed|Rolled back)/ }).first(),
  ).toBeVisible();
});

test('a service without deliveries shows the first steps', async ({ page }) => {
  const tab = new DeliveryTab(page);
  await tab.open('carrier-invoicing');
  await expect(tab.firstSteps).toContainText('github.com/project-slug');
  await expect(tab.firstSteps).toContainText('/api/events/http/github');

  const command = tab.firstSteps.getByRole('button', {
    name: 'Copy: Command that tells a deployment',
  });
  await command.click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('/api/delivery/events');
  expect(copied).toContain('component:default/carrier-invoicing');
});
