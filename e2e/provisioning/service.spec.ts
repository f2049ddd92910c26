import type { Page } from '@playwright/test';
import { DeliveryTab } from '../delivery/pages/DeliveryTab';
import { HomePage } from '../pages/HomePage';
import { SignInPage } from '../pages/SignInPage';
import { DestroyPage } from './pages/DestroyPage';
import { NewServicePage } from './pages/NewServicePage';
import { RequestPage } from './pages/RequestPage';
import { UpdatePage } from './pages/UpdatePage';
import { HEALTHY_WITHIN, type Provisioning } from './support/provisioning';
import { expect, test } from './support/test';

/** What a page shows of what somebody else did: told at once, seen when a busy machine has drawn it. */
const SEEN_WITHIN = { timeout: 30_000 };

/** Name, repository, catalog entry, build, deployment, telling delivery. */
const STEPS = 6;

/** Fills in the form as far as the plan. */
async function askFor(
  page: Page,
  { name, owner, what }: { name: string; owner: string; what: string },
): Promise<NewServicePage> {
  const form = new NewServicePage(page);
  await form.open();
  await form.choice('API in Node.js').check();
  // The only place there is.
  await expect(form.choice('On this portal')).toBeChecked();
  await form.name.fill(name);
  await form.chooseOwner(owner);
  await expect(form.said(`${name} is free`)).toBeVisible(SEEN_WITHIN);
  await expect(form.said(/^The owner holds \d+ of \d+ services/)).toBeVisible();
  await form.describe(what);
  return form;
}

/** What there is of a name outside of the page. */
async function tracesOf(provisioning: Provisioning, name: string) {
  return {
    requests: (await provisioning.requests()).filter(
      each => each.name === name && each.state !== 'destroyed',
    ).length,
    inCatalog: await provisioning.isInCatalog(name),
  };
}

const NOTHING = { requests: 0, inCatalog: false };

/** What a running service says. */
async function greeting(address: string): Promise<string> {
  const answer = await fetch(new URL('/v1/greetings/Mira', address));
  return ((await answer.json()) as { greeting: string }).greeting;
}

test.describe('from a form to a running service, and back to nothing', () => {
  // It is long; what does not happen is to be said long before its end.
  test.use({ person: 'nobody', actionTimeout: 60_000 });

  test('Mira makes, releases, goes back, updates and takes down; Priya makes hers meanwhile', async ({
    page,
    visit,
    provisioning,
    freshName,
    copy,
  }) => {
    test.setTimeout(900_000);
    const name = freshName('checkout');
    const request = new RequestPage(page);
    let address = '';
    let first = '';
    let second = '';

    await test.step('signs in and asks; looking changes nothing', async () => {
      const signIn = new SignInPage(page);
      await signIn.open();
      await signIn.signInAs('Mira Okafor');
      await expect(new HomePage(page).greeting).toContainText('Mira');

      const form = await askFor(page, {
        name,
        owner: 'Payments Core',
        what: 'Takes people from a cart to a receipt',
      });
      expect(await tracesOf(provisioning, name)).toEqual(NOTHING);
      await form.plan();
      await expect(form.planned.getByRole('listitem')).toHaveCount(STEPS);
      await form.look('package.json');
      await expect(form.file).toContainText(`"name": "${name}"`);
      expect(await tracesOf(provisioning, name)).toEqual(NOTHING);
      await form.make();
    });
    const id = request.id;

    // Somebody else at the same time, from her form to her running service.
    const theirs = freshName('wishlist');
    const priya = await visit('priya');
    const alsoMade = (async () => {
      const form = await askFor(priya, {
        name: theirs,
        owner: 'Storefront',
        what: 'Keeps what people would like to have',
      });
      await form.plan();
      await form.make();
      return new RequestPage(priya).address(HEALTHY_WITHIN);
    })();

    await test.step('progress is the same after a reload and in another browser', async () => {
      await expect(request.steps).toHaveCount(STEPS, SEEN_WITHIN);
      await page.reload();
      await expect(request.steps).toHaveCount(STEPS, SEEN_WITHIN);
      const elsewhere = await visit('jonas');
      const same = new RequestPage(elsewhere);
      await same.open(id);
      await expect(same.steps).toHaveCount(STEPS, SEEN_WITHIN);
      address = await request.address(HEALTHY_WITHIN);
      // Nobody touched the other browser.
      expect(await same.address(SEEN_WITHIN)).toBe(address);
      await elsewhere.close();
    });

    await test.step('it answers, and every step says how long it took', async () => {
      expect((await fetch(new URL('/health', address))).status).toBe(200);
      expect(await greeting(address)).toBe('Hello Mira');
      await expect(request.run('Making it: last run')).toContainText('done');
      await expect(request.times).toHaveCount(STEPS);
    });

    await test.step('Priya has hers, and neither sees what is the other’s', async () => {
      const other = await alsoMade;
      expect(other).not.toBe(address);
      expect(await greeting(other)).toBe('Hello Mira');
      expect((await provisioning.lookAt(id, 'priya')).status()).toBe(404);
      expect((await provisioning.lookAt(id, 'jonas')).status()).toBe(200);
      await priya.goto('/provisioning');
      await expect(priya.getByText(theirs).first()).toBeVisible(SEEN_WITHIN);
      await expect(priya.getByText(name)).toHaveCount(0);
    });

    await test.step('the catalog has it, and its Delivery tab knows the first deployment', async () => {
      await page.getByRole('link', { name: 'Open its catalog page' }).click();
      await expect(page.getByRole('heading', { name }).first()).toBeVisible(
        SEEN_WITHIN,
      );
      const tab = new DeliveryTab(page);
      await tab.open(name);
      await expect(tab.rows).toHaveCount(1, SEEN_WITHIN);
      await expect(tab.rows.first()).toContainText('Success');
    });

    await test.step('a push with git is the second release', async () => {
      await request.open(id);
      const { command, password } = await request.gitPassword();
      expect(command).toContain('git clone http://mira.okafor@');
      await copy.paste(command, password);
      first = await copy.tip();
      second = await copy.release(
        ['src/greetings.ts', 'test/app.test.ts'],
        'Hello ',
        'Good day, ',
      );
      await request.open(id, 'releases');
      await expect(request.release(second)).toContainText(
        'In use',
        HEALTHY_WITHIN,
      );
      expect(await greeting(address)).toBe('Good day, Mira');
    });

    await test.step('and back to the first, at the same address', async () => {
      await request.confirm(
        'Go back to it',
        'Go back to it',
        request.release(first),
      );
      await expect(
        request.release(first).filter({ hasText: 'Going back' }),
      ).toContainText('In use', HEALTHY_WITHIN);
      expect(await greeting(address)).toBe('Hello Mira');
    });

    await test.step('an update is proposed, looked at and merged', async () => {
      await request.open(id, 'update');
      await new UpdatePage(page).propose('Takes people to their receipt');
      await request.open(id, 'changes');
      const review = page.getByRole('region', { name: 'Update to revision 2' });
      await expect(
        review.getByText('catalog-info.yaml', { exact: true }),
      ).toBeVisible(HEALTHY_WITHIN);
      await request.confirm('Merge', 'Merge it into main', review);
      await request.open(id, 'releases');
      await expect
        .poll(() => copy.tip(), { message: 'main has the merge' })
        .not.toBe(second);
      await expect(request.release(await copy.tip())).toContainText(
        'In use',
        HEALTHY_WITHIN,
      );
      expect(await greeting(address)).toBe('Good day, Mira');
      await expect
        .poll(async () => (await provisioning.request(id)).spec.description)
        .toBe('Takes people to their receipt');
    });

    await test.step('and it is taken down, with its name typed', async () => {
      await request.open(id, 'destroy');
      const destroy = new DestroyPage(page);
      await expect(destroy.goes.getByRole('listitem').first()).toBeVisible(
        SEEN_WITHIN,
      );
      await destroy.type('another-name');
      await expect(destroy.button(name)).toBeDisabled();
      await destroy.type(name);
      await destroy.button(name).click();
      await expect(request.remained).toContainText(
        'Nothing of it is left.',
        HEALTHY_WITHIN,
      );
    });

    await test.step('afterwards nothing is left', async () => {
      await expect(copy.tip()).rejects.toThrow(/not found|Authentication/);
      await expect(fetch(new URL('/health', address))).rejects.toThrow();
      await expect
        .poll(() => tracesOf(provisioning, name), SEEN_WITHIN)
        .toEqual(NOTHING);
    });
  });
});

test('who may do nothing with it finds neither page nor row', async ({
  page,
  visit,
}) => {
  const tomas = await visit('tomas');
  await tomas.goto('/provisioning');
  await expect(
    tomas.getByRole('heading', { name: 'Nothing was asked for yet' }),
  ).toBeVisible();
  await expect(tomas.getByRole('tab', { name: 'Operator' })).toHaveCount(0);
  await page.goto('/provisioning');
  await expect(page.getByText('gift-cards').first()).toBeVisible();
});
