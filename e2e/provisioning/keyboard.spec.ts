import { choose, press, tabTo } from '../support/keyboard';
import { violations } from '../support/axe';
import { DestroyPage } from './pages/DestroyPage';
import { NewServicePage } from './pages/NewServicePage';
import { RequestPage } from './pages/RequestPage';
import { HEALTHY_WITHIN } from './support/provisioning';
import { expect, test } from './support/test';

test.describe('without a mouse', () => {
  test.use({ actionTimeout: 60_000 });

  test('Mira makes a service, reads its log, takes it down and fetches what was kept', async ({
    page,
    freshName,
  }) => {
    test.setTimeout(600_000);
    const name = freshName('by-keys');
    const form = new NewServicePage(page);
    const request = new RequestPage(page);
    const keys = page.keyboard;

    await test.step('fills the form in; it survives a reload', async () => {
      await page.goto('/provisioning');
      await press(
        page,
        page.getByRole('link', { name: 'New service' }).first(),
      );
      await choose(
        page,
        page.getByRole('radio').first(),
        form.choice('API in Node.js'),
      );
      await tabTo(page, form.name);
      await keys.type(name);
      await expect(form.said(`${name} is free`)).toBeVisible();
      await page.reload();
      await expect(form.name).toHaveValue(name);
      await expect(
        page.getByText('What you had filled in is still here.'),
      ).toBeVisible();
      await press(page, page.getByRole('button', { name: /Owner/ }));
      await expect(page.getByRole('option').first()).toBeVisible();
      await keys.type('Payments C');
      await expect(
        page.getByRole('option', { name: 'Payments Core' }),
      ).toBeFocused();
      await keys.press('Enter');
      await tabTo(page, page.getByRole('textbox', { name: /^Description/ }));
      await keys.type('Made without a mouse');
      expect.soft(await violations(page), 'the form').toEqual([]);
    });

    await test.step('looks at the plan', async () => {
      await press(
        page,
        page.getByRole('button', { name: 'See what would happen' }),
      );
      await expect(
        page.getByRole('heading', { name: `What would happen for ${name}` }),
      ).toBeFocused();
      await press(
        page,
        page.getByRole('button', { name: 'package.json', exact: true }),
      );
      await expect(form.file).toContainText(`"name": "${name}"`);
      expect.soft(await violations(page), 'the plan').toEqual([]);
    });

    await test.step('lets it be made, and follows', async () => {
      await press(page, page.getByRole('button', { name: 'Do this' }));
      await page.waitForURL(/\/provisioning\/requests\//);
      await expect(request.steps.first()).toBeVisible();
      expect.soft(await violations(page), 'the progress').toEqual([]);
      await request.address(HEALTHY_WITHIN);
      await press(page, page.getByRole('link', { name: 'Logs', exact: true }));
      await expect(
        page.getByRole('region', { name: 'Build log' }).first(),
      ).toBeVisible();
      // What was sent is no longer kept.
      const kept = await page.evaluate(() =>
        Object.keys(sessionStorage).filter(key => key.includes('provisioning')),
      );
      expect(kept).toEqual([]);
    });

    await test.step('takes it down', async () => {
      await press(
        page,
        page.getByRole('link', { name: 'Overview', exact: true }),
      );
      await press(page, page.getByRole('link', { name: 'Take down' }));
      const destroy = new DestroyPage(page);
      await expect(destroy.goes.getByRole('listitem').first()).toBeVisible();
      await tabTo(page, page.getByRole('textbox', { name: /^Type / }));
      await keys.type(name);
      await press(page, destroy.button(name));
      await expect(request.remained).toContainText(
        'Nothing of it is left.',
        HEALTHY_WITHIN,
      );
      expect.soft(await violations(page), 'what remained').toEqual([]);
    });

    await test.step('and fetches the kept repository', async () => {
      const download = page.waitForEvent('download');
      await press(page, page.getByRole('button', { name: 'Download' }));
      expect((await download).suggestedFilename()).toMatch(/\.bundle$/);
      await expect(page.getByText(/was saved\./)).toBeVisible();
    });
  });
});
