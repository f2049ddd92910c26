import { randomBytes } from 'node:crypto';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import type { Page } from '@playwright/test';
import { choose, press, tabTo } from '../support/keyboard';
import type { Portal } from '../support/portal';
import { expect, test } from '../support/test';

/** On the board, and not in the team that asks. */
test.use({ person: 'beatriz' });

/** Somebody of payments asks for a change that needs the board. */
async function askFor(
  portal: Portal,
  title: string,
  more: object = {},
): Promise<Change> {
  const change = await portal.post<Change>(
    'cab',
    '/changes',
    {
      entityRef: 'component:default/ledger',
      environment: 'test',
      headSha: randomBytes(20).toString('hex'),
      title,
      ...more,
    },
    'jonas',
  );
  return portal.post(
    'cab',
    `/changes/${change.id}/submit`,
    { revision: change.revision },
    'jonas',
  );
}

/** Answers in the dialog, and says why. */
async function decide(page: Page, answer: RegExp, reason: string) {
  await press(page, page.getByRole('button', { name: 'Decide', exact: true }));
  const dialog = page.getByRole('dialog');
  const first = dialog.getByRole('radio', { name: /^Approve/ });
  const wanted = dialog.getByRole('radio', { name: answer });
  await choose(page, first, wanted);
  await tabTo(page, dialog.getByRole('textbox'));
  await page.keyboard.type(reason);
  await press(page, dialog.getByRole('button', { name: 'Keep my decision' }));
  await expect(dialog).toBeHidden();
}

test("a board member's morning, by keyboard alone", async ({
  page,
  portal,
}) => {
  test.setTimeout(240_000);
  const tag = randomBytes(3).toString('hex');
  const at = (hours: number) =>
    new Date(Date.now() + hours * 3_600_000).toISOString();
  const window = { from: at(48), to: at(50) };
  const good = await askFor(portal, `Rounding is told ${tag}`, { window });
  const bad = await askFor(portal, `Rounding is hidden ${tag}`);

  await test.step('home says what waits, and leads there', async () => {
    await page.goto('/');
    const link = page.getByRole('link', { name: good.title }).first();
    await press(page, link);
    await expect(page.getByRole('heading', { name: good.title })).toBeVisible();
  });

  await test.step('one is approved, and the bar leads to the next', async () => {
    await decide(page, /^Approve/, 'The way back is a flag');
    await expect(page.getByText('You have approved it.')).toBeVisible();
    const bar = page.getByRole('navigation', { name: 'Waiting for you' });
    await press(page, bar.getByRole('link').last());
    await expect(page.getByRole('heading', { name: good.title })).toBeHidden();
  });

  await test.step('the other one is sent back from the queue', async () => {
    await page.goto('/changes');
    await press(
      page,
      page.getByRole('link', { name: `Look and decide: ${bad.title}` }),
    );
    await decide(page, /^Send back/, 'Say who would notice');
    await expect(page.getByText('Sent back').first()).toBeVisible();
  });

  await test.step('the calendar shows when the first one is planned', async () => {
    await page.goto('/changes');
    await press(page, page.getByRole('link', { name: 'Calendar' }));
    const planned = page.getByRole('list', { name: 'Planned changes' });
    await press(page, planned.getByRole('link', { name: good.title }));
    await expect(page.getByRole('heading', { name: good.title })).toBeVisible();
  });

  for (const { id } of [good, bad]) {
    await portal.post(
      'cab',
      `/changes/${id}/withdraw`,
      { reason: 'It was only a morning' },
      'jonas',
    );
  }
});
