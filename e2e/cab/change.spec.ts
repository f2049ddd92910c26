import { randomBytes } from 'node:crypto';
import { violations } from '../support/axe';
import { expect, test } from '../support/test';
import { approve, askGate, sampleChanges, TITLES } from './support';

test.use({ person: 'jonas' });

test('a change is asked for, scored, decided by two people, and let through by the gate', async ({
  page,
  portal,
  visit,
}) => {
  test.setTimeout(180_000);
  const sha = randomBytes(20).toString('hex');
  const title = `Interest is rounded half to even ${sha.slice(0, 6)}`;
  const run = `https://ci.example/runs/${sha.slice(0, 8)}`;

  await test.step('the gate knows nothing of the commit', async () => {
    expect(await askGate(portal, sha, run)).toMatchObject({
      verdict: 'deny',
      reasonCode: 'NO_CHANGE',
    });
  });

  await test.step('a developer asks for it on the tab of the component', async () => {
    await page.goto('/catalog/default/component/ledger/changes');
    await page.getByRole('link', { name: 'Request a change' }).click();
    await page.getByRole('button', { name: /Where it is to go/ }).click();
    await page.getByRole('option', { name: 'test', exact: true }).click();
    await expect(page.getByText(/ of 100$/).first()).toBeVisible();
    await page.getByRole('textbox', { name: 'Commit' }).fill(sha);
    await page.getByRole('textbox', { name: /^What changes/ }).fill(title);
    await page.getByRole('textbox', { name: 'Why' }).fill('Cents add up');
    // What was typed is still there after a reload.
    await page.reload();
    await expect(
      page.getByRole('textbox', { name: /^What changes/ }),
    ).toHaveValue(title);
    await page
      .getByRole('textbox', { name: 'How to go back' })
      .fill('Switch the flag off');
    await page.getByRole('button', { name: 'Send the request' }).click();
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
  });

  await test.step('who asked for it may not decide it, and reads why', async () => {
    await expect(page.getByText('Board review').first()).toBeVisible();
    await expect(
      page.getByText(/You asked for it, so you may not approve it/),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: 'Decide' })).toHaveCount(0);
    await expect(
      page.getByRole('list', { name: 'Where the score comes from' }),
    ).toBeVisible();
    expect(await violations(page)).toEqual([]);
    expect(await askGate(portal, sha, run)).toMatchObject({
      verdict: 'pending',
      reasonCode: 'BOARD_REVIEW',
    });
  });

  await test.step('two of the board approve it, from their queue, by keyboard', async () => {
    for (const [index, name] of (['beatriz', 'adaeze'] as const).entries()) {
      const theirs = await visit(name);
      await theirs.goto('/');
      await expect(
        theirs.getByRole('link', { name: title }).first(),
      ).toBeVisible();
      await theirs.goto('/changes');
      const queue = theirs.getByRole('list', { name: 'Waiting for you' });
      await queue
        .getByRole('link', { name: `Look and decide: ${title}` })
        .focus();
      await theirs.keyboard.press('Enter');
      await approve(theirs, `I have read it, and I am number ${index + 1}`);
      if (index === 0) {
        await expect(theirs.getByText('You have approved it.')).toBeVisible();
        await expect(theirs.getByText('1 more is missing.')).toBeVisible();
      }
    }
  });

  await test.step('the page says yes by itself, and so does the gate', async () => {
    const gate = page.getByRole('region', { name: 'May this ship?' });
    await expect(gate).toContainText('Yes', { timeout: 30_000 });
    await expect(
      page.getByText('I have read it, and I am number 2').first(),
    ).toBeVisible();
    expect(await askGate(portal, sha, run)).toMatchObject({
      verdict: 'allow',
      reasonCode: 'APPROVED',
    });
  });

  await test.step('the browser verifies the record', async () => {
    await page.reload();
    await page.getByRole('button', { name: 'Verify this record' }).click();
    await expect(
      page.getByText(/^\d+ entries are what was signed\.$/),
    ).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
});

test('what evidence is asked for is said before anything is sent', async ({
  page,
}) => {
  await page.goto('/changes/new?entity=component%3Adefault%2Fledger');
  await page.getByRole('button', { name: /Where it is to go/ }).click();
  await page.getByRole('option', { name: 'prod-eu (production)' }).click();
  await expect(page.getByText('prod-eu asks for evidence')).toBeVisible();
  await expect(
    page.getByRole('button', { name: 'Create the request' }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Empty the form' }).click();
});

test.describe('in German, on a telephone', () => {
  test.use({ person: 'adaeze', viewport: { width: 390, height: 844 } });

  test('every page fits, and speaks German', async ({ page, portal }) => {
    await page.addInitScript(() => localStorage.setItem('language', 'de'));
    const changes = await sampleChanges(portal);
    const waiting = changes.find(({ title }) => title === TITLES.waiting);
    for (const [path, heading] of [
      ['/changes', 'Alle Änderungen'],
      [`/changes/${waiting?.id}`, 'Darf das ausgeliefert werden?'],
      [
        '/changes/new?entity=component%3Adefault%2Fledger',
        'Wie hoch das Risiko wäre',
      ],
      ['/catalog/default/component/ledger/changes', undefined],
    ] as const) {
      await page.goto(path);
      if (heading) {
        await expect(
          page.getByRole('heading', { name: heading }),
        ).toBeVisible();
      } else {
        await expect(
          page.getByText(/^Was ausgeliefert werden soll/),
        ).toBeVisible();
      }
      const cut = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect(cut, path).toBeLessThanOrEqual(0);
      expect(await violations(page), path).toEqual([]);
    }
  });
});
