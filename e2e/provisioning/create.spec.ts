import { CreatePage } from './pages/CreatePage';
import { RequestPage } from './pages/RequestPage';
import { HEALTHY_WITHIN } from './support/provisioning';
import { expect, test } from './support/test';

/** A busy machine draws the scaffolder's list when it has asked the catalog. */
const SEEN_WITHIN = { timeout: 30_000 };

test.describe('from the scaffolder’s own page to a running service', () => {
  test.use({ actionTimeout: 60_000 });

  test('Mira chooses a template at /create, and ends on the page of the request', async ({
    page,
    provisioning,
    freshName,
  }) => {
    test.setTimeout(600_000);
    const name = freshName('vouchers');
    const create = new CreatePage(page);

    await test.step('fills in the form; asking changes nothing before the last button', async () => {
      await create.open();
      await create.choose('API in Node.js');
      await create.field('Name').fill(name);
      await create.field('What it is for').fill('Knows who may pay with what');
      await create.chooseOwner('Payments Core');
      await create.press('Next');
      await expect(
        page.getByText('In this portal (runs code on this computer)'),
      ).toBeVisible(SEEN_WITHIN);
      await create.press('Review');
      await expect(page.getByText(name, { exact: true })).toBeVisible();
      const names = (await provisioning.requests()).map(each => each.name);
      expect(names).not.toContain(name);
      await create.press('Create');
    });

    await test.step('the task follows the run, and leads to its request', async () => {
      await page.waitForURL(/\/create\/tasks\//);
      const link = create.result('The service, its log and what it is made of');
      await expect(link).toBeVisible(HEALTHY_WITHIN);
      await expect(create.told).toContainText('Tests and services run ');
      await link.click();
      await page.waitForURL(/\/provisioning\/requests\//);
    });

    await test.step('there it runs, and answers', async () => {
      const address = await new RequestPage(page).address(HEALTHY_WITHIN);
      expect((await fetch(new URL('/health', address))).status).toBe(200);
      const made = (await provisioning.requests()).filter(
        each => each.name === name,
      );
      expect(made).toHaveLength(1);
      expect(made[0].state).toBe('ready');
    });
  });
});
