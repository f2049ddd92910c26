import { randomBytes } from 'node:crypto';
import type { ChangesResponse } from '@fawkes/backstage-plugin-cab-common';
import { storyToken } from '../support/environment';
import { violations } from '../support/axe';
import { expect, test } from '../support/test';

/** On the board. */
test.use({ person: 'beatriz' });

test('a deployment nobody allowed shows on the board and beside itself, and is looked back at', async ({
  page,
  portal,
}) => {
  test.setTimeout(180_000);
  const sha = randomBytes(20).toString('hex');
  const version = `unasked-${sha.slice(0, 6)}`;
  const now = new Date().toISOString();
  const told = await portal.http.post('/api/delivery/events', {
    headers: { authorization: `Bearer ${storyToken}` },
    data: [
      {
        type: 'deployment',
        source: 'e2e-unasked',
        id: version,
        occurredAt: now,
        startedAt: now,
        finishedAt: now,
        service: 'component:default/ledger',
        environment: 'production',
        status: 'success',
        version,
        repository: 'github.com/aurelia-goods/ledger',
        sha,
      },
    ],
  });
  expect(told.status(), await told.text()).toBe(202);

  const title = `${sha.slice(0, 12)} went to production without being allowed`;
  await test.step('the board sees it', async () => {
    await expect
      .poll(
        async () => {
          const { items } = await portal.read<ChangesResponse>(
            'cab',
            '/changes',
            { state: 'unauthorized' },
            'beatriz',
          );
          return items.map(each => each.title);
        },
        { timeout: 60_000 },
      )
      .toContain(title);
    await page.goto('/changes');
    const section = page.getByRole('region', {
      name: 'Deployed without being allowed',
    });
    await expect(section.getByText(title)).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });

  await test.step('delivery says so beside the deployment, and leads back', async () => {
    await expect
      .poll(async () => {
        const { items } = await portal.read<{
          items: Array<{ key: string; labels: Array<{ text: string }> }>;
        }>('delivery', '/deployments', { sha });
        return items.flatMap(({ labels }) => labels.map(({ text }) => text));
      })
      .toEqual(['Nobody allowed this deployment']);
    const {
      items: [{ key }],
    } = await portal.read<{ items: Array<{ key: string }> }>(
      'delivery',
      '/deployments',
      { sha },
    );
    await page.goto(`/delivery/deployments/${encodeURIComponent(key)}`);
    const label = page.getByRole('link', {
      name: /^Nobody allowed this deployment/,
    });
    await expect(label).toHaveAttribute('href', /\/changes\/[0-9a-f-]{36}$/);
    expect(await violations(page)).toEqual([]);
    const href = await label.getAttribute('href');
    await page.goto(new URL(href!).pathname);
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    await expect(page.getByText('Not authorised').first()).toBeVisible();
  });

  await test.step('somebody of the board looks back at it, and it is closed', async () => {
    await page.getByRole('button', { name: 'Look back at it' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('The pipeline asks from now on');
    await dialog.getByRole('button', { name: 'Look back at it' }).click();
    await expect(page.getByText('Closed').first()).toBeVisible();
  });

  await portal.http.delete('/api/delivery/sources/e2e-unasked/facts', {
    headers: { authorization: `Bearer ${storyToken}` },
  });
});
