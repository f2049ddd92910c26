import { QualityPage } from './pages/QualityPage';
import { deployed } from './support/events';
import { expect, test } from './support/test';

test.describe('Lena, who runs the portal', () => {
  test.use({ person: 'lena' });

  test('sees what no service claims, and which annotation would', async ({
    page,
  }) => {
    const quality = new QualityPage(page);
    await quality.open();
    await expect(quality.unmapped).toContainText('price-watch');
    await expect(quality.unmapped).toContainText(
      'github.com/project-slug: aurelia-goods/price-watch',
    );
  });

  test('sees why an event was rejected, and replays it', async ({
    page,
    delivery,
    source,
  }) => {
    const { finishedAt: _, ...unfinished } = deployed(source, 'ledger', '2.0');
    const answer = await delivery.sendEvents(unfinished);
    expect(answer.status()).toBe(400);
    expect(await answer.json()).toMatchObject({
      rejected: 1,
      results: [{ status: 'rejected', path: 'finishedAt' }],
    });

    const quality = new QualityPage(page);
    await quality.open();
    const event = quality.rejectedOf(source);
    await expect(event).toContainText('finishedAt');
    await expect(event).toContainText('is required with the terminal status');
    await event.getByRole('button', { name: 'Payload as it came' }).click();
    await expect(event).toContainText(`"source": "${source}"`);

    await event.getByRole('button', { name: /^Replay/ }).click();
    await expect(quality.rejected.getByRole('status').first()).toHaveText(
      '1 event is being replayed.',
    );
  });
});

test('Mira sees what is missing, and may not replay', async ({
  page,
  delivery,
  source,
}) => {
  await delivery.sendEvents({ type: 'nonsense', source, id: '1' });
  const quality = new QualityPage(page);
  await quality.open();
  await expect(
    quality.matrix.getByRole('row', { name: /Carrier Invoicing/ }),
  ).toContainText('Missing');
  await expect(quality.rejectedOf(source)).toContainText('type');
  await expect(
    quality.rejected.getByText(/it takes the permission/),
  ).toBeVisible();
  await expect(
    quality.rejected.getByRole('button', { name: /Replay/ }),
  ).toHaveCount(0);
});
