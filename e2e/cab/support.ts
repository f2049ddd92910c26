import type {
  Change,
  ChangesResponse,
  GateAnswer,
} from '@fawkes/backstage-plugin-cab-common';
import { expect, type Page } from '@playwright/test';
import { violations } from '../support/axe';
import type { Portal } from '../support/portal';

/** What the sample people ask for, see `scripts/story/cab/changes.mjs`. */
export const TITLES = {
  waiting: 'Refunds in two steps, behind a flag',
  approved: 'Postings that do not balance are refused',
  rejected: 'Payouts are tried again until they arrive',
};

/** The token of a pipeline, see `backend.auth.externalAccess` in app-config.yaml. */
const PIPELINE = 'fawkes-development-only-pipeline-token';

/** The changes of the sample story, as somebody sees them. */
export async function sampleChanges(portal: Portal): Promise<Change[]> {
  const { items } = await portal.read<ChangesResponse>('cab', '/changes');
  return items.filter(({ sample }) => sample) as Change[];
}

/** Asks whether a run may start, as a pipeline does. */
export async function askGate(
  portal: Portal,
  commitSha: string,
  runUrl: string,
): Promise<GateAnswer> {
  const response = await portal.http.post('/api/cab/gate', {
    headers: { authorization: `Bearer ${PIPELINE}` },
    data: {
      entityRef: 'component:default/ledger',
      environment: 'test',
      commitSha,
      runUrl,
    },
  });
  if (!response.ok()) throw new Error(await response.text());
  return response.json();
}

/** Opens the dialog, says yes and why, by keyboard alone. */
export async function approve(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: 'Decide' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('radio', { name: /^Approve/ })).toBeChecked();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('textbox').focus();
  await page.keyboard.type(reason);
  await dialog.getByRole('button', { name: 'Keep my decision' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
}
