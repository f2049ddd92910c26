import type { Page } from '@playwright/test';
import { violations } from '../support/axe';
import { expect, test } from '../support/test';

test.use({ person: 'samuel' });

const LAB = '/dojo/modules/internal-platforms/labs/find-owner';

/** Looks now by keyboard, as soon as that is allowed again. */
async function checkNow(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Check now' });
  await expect(button).toBeEnabled({ timeout: 20_000 });
  await button.focus();
  await page.keyboard.press('Enter');
}

/** Begins a run of its own, also where one goes on from a try that was cut short. */
async function begin(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^(Start|Begin anew)$/ })
    .click({ timeout: 20_000 });
}

test('Samuel finds the owner of a component, and the lab has seen it', async ({
  page,
}) => {
  test.slow();
  await page.goto('/dojo/modules/internal-platforms');
  await page.getByRole('link', { name: 'Lab: whose is this?' }).click();
  await expect(page.getByText(/three in the morning/)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await begin(page);

  await test.step('nothing and the wrong thing are told as that', async () => {
    await checkNow(page);
    await expect(page.getByText('Nothing is typed in yet')).toBeVisible();
    await page.getByLabel('Your answer').fill('nobody at all');
    await checkNow(page);
    await expect(
      page.getByText('That is not what the portal says'),
    ).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });

  await test.step('a reload keeps where one was', async () => {
    await page.reload();
    await expect(page.getByLabel('Your answer')).toHaveValue('nobody at all');
    await expect(
      page.getByText('That is not what the portal says'),
    ).toBeVisible();
  });

  const owner =
    await test.step('the page of the component says whose it is', async () => {
      await page.getByRole('link', { name: /^Look here: / }).click();
      const term = page.getByRole('term').filter({ hasText: /^Owner$/ });
      const link = term
        .locator('xpath=following-sibling::*[1]')
        .getByRole('link');
      await expect(link).toHaveAttribute('href', /\/catalog\/default\/group\//);
      // Its name, without the first letter that stands for its picture.
      const [, name] = /link "(.+)"/.exec(await link.ariaSnapshot()) ?? [];
      return name;
    });

  await test.step('the answer passes, with what it was judged by', async () => {
    await page.goto(LAB);
    await page.getByLabel('Your answer').fill(owner);
    await checkNow(page);
    await expect(page.getByText(/A pass is never lost/)).toBeVisible();
    await page.getByText('What it was judged by').click();
    await expect(page.getByText('ownedBy')).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });

  await test.step('the other step is done by going there', async () => {
    await page.getByRole('button', { name: 'Open /catalog' }).click();
    await expect(page).toHaveURL(/\/catalog/);
    await page.goto(LAB);
    await expect(page.getByText(/5 of 5 points/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Check now' })).toHaveCount(
      0,
    );
  });

  await page.goto('/dojo/modules/internal-platforms');
  await expect(
    page.getByRole('listitem').filter({ hasText: 'Lab: whose is this?' }),
  ).toContainText('Passed');
});

test('Samuel reads two figures off the pages the lab points to', async ({
  page,
}) => {
  test.slow();
  await page.goto('/dojo/modules/dora-metrics/labs/read-figures');
  await begin(page);
  const step = (title: string) =>
    page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: title }) });
  const wanted = [
    { title: 'Read a change fail rate', card: 'Change fail rate' },
    { title: 'Read a deployment rework rate', card: 'Rework rate' },
  ];
  const figures: string[] = [];
  for (const { title, card } of wanted) {
    await step(title)
      .getByRole('link', { name: /^Look here: / })
      .click();
    const text = page
      .getByRole('article', { name: card, exact: true })
      .getByText(/^\d+(\.\d)? %$/)
      .first();
    // A figure of three months that nobody has asked for before is worked out now.
    await expect(text).toBeVisible({ timeout: 30_000 });
    figures.push(await text.innerText());
    await page.goto('/dojo/modules/dora-metrics/labs/read-figures');
  }
  for (const [index, { title }] of wanted.entries()) {
    await step(title).getByLabel('The figure, in percent').fill(figures[index]);
  }
  await checkNow(page);
  await expect(page.getByText(/A pass is never lost/)).toBeVisible();
  await expect(page.getByText(/5 of 5 points/)).toBeVisible();
});
