import { randomBytes } from 'node:crypto';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import { violations } from '../support/axe';
import { expect, test } from '../support/test';
import { approve, askGate } from './support';

test.use({ person: 'jonas' });

/** A scan with a finding nobody may pass by. */
const CRITICAL = JSON.stringify({
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'Trivy',
          rules: [
            { id: 'CVE-2026-9', properties: { 'security-severity': '9.8' } },
          ],
        },
      },
      invocations: [{ executionSuccessful: true }],
      results: [
        {
          ruleId: 'CVE-2026-9',
          ruleIndex: 0,
          message: { text: 'Anybody can run what they like' },
        },
      ],
    },
  ],
});

test('evidence with a worse outcome voids votes, and the gate says pending', async ({
  page,
  portal,
  visit,
}) => {
  test.setTimeout(180_000);
  const sha = randomBytes(20).toString('hex');
  const run = `https://ci.example/runs/${sha.slice(0, 8)}`;
  const title = `Interest is paid a day earlier ${sha.slice(0, 6)}`;
  const draft = await portal.post<Change>(
    'cab',
    '/changes',
    {
      entityRef: 'component:default/ledger',
      environment: 'test',
      headSha: sha,
      title,
    },
    'jonas',
  );
  await portal.post(
    'cab',
    `/changes/${draft.id}/submit`,
    { revision: draft.revision },
    'jonas',
  );

  await test.step('two of the board approve it, and the gate allows', async () => {
    for (const name of ['beatriz', 'adaeze'] as const) {
      const theirs = await visit(name);
      await theirs.goto(`/changes/${draft.id}`);
      await approve(theirs, 'I have read it');
    }
    expect(await askGate(portal, sha, run)).toMatchObject({ verdict: 'allow' });
  });

  await test.step('its submitter attaches a scan that found something critical', async () => {
    await page.goto(`/changes/${draft.id}`);
    const evidence = page.getByRole('region', { name: 'Evidence' });
    await expect(evidence).toContainText('Nothing is attached yet.');
    await evidence.getByRole('button', { name: 'Attach evidence' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('votes no longer count');
    await dialog.getByRole('button', { name: /What it is/ }).click();
    await page.getByRole('option', { name: 'Security scan' }).click();
    await dialog.getByLabel('File').setInputFiles({
      name: 'scan.sarif',
      mimeType: 'application/json',
      buffer: Buffer.from(CRITICAL),
    });
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Attach it' }).click();
    await expect(dialog).toBeHidden();
    await expect(evidence).toContainText('worst finding: critical');
    await expect(evidence).toContainText('Read, nobody vouches');
  });

  await test.step('the votes are void, and say why', async () => {
    const votes = page.getByRole('region', { name: 'Who decides' });
    await expect(votes).toContainText('It was about revision 1');
    await expect(
      page.getByText('Board review', { exact: true }).first(),
    ).toBeVisible();
    expect(await askGate(portal, sha, run)).toMatchObject({
      verdict: 'pending',
      reasonCode: 'BOARD_REVIEW',
    });
    expect(await violations(page)).toEqual([]);
  });
});
