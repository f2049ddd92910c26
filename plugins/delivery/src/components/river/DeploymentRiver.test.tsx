import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aDeployment, anIncident } from '../../../dev/builders';
import { fakeApi } from '../../__testUtils__/fakeApi';
import { renderDelivery } from '../../__testUtils__/renderDelivery';
import { DeploymentRiver } from './DeploymentRiver';

const deployments = [
  aDeployment({ id: '3', finishedAt: '2026-03-09T09:00:00.000Z' }),
  aDeployment({
    id: '2',
    version: '1.41.0',
    finishedAt: '2026-03-05T09:00:00.000Z',
    failed: true,
    recoveredAt: '2026-03-05T09:47:00.000Z',
    recoverySeconds: 47 * 60,
  }),
  aDeployment({
    id: '1',
    version: null,
    finishedAt: '2026-03-03T09:00:00.000Z',
    status: 'failure',
    changes: 0,
  }),
];

function open() {
  renderDelivery(
    <DeploymentRiver
      deployments={deployments}
      incidents={[anIncident()]}
      from="2026-03-01T00:00:00.000Z"
      to="2026-03-12T00:00:00.000Z"
      tz="UTC"
      fileName="river.csv"
    />,
    { api: fakeApi(), path: '/' },
  );
}

const river = () =>
  screen.findByRole('figure', {
    name: 'Deployment river',
    description:
      '3 deployments, 1 of them failed, 0 not mended yet; 1 incident.',
  });

describe('DeploymentRiver', () => {
  it('has a link for every deployment that says what it was', async () => {
    open();
    const dots = within(await river()).getAllByRole('link');
    expect(dots.map(dot => dot.getAttribute('aria-label'))).toEqual([
      '1 → production, Attempt, did not get through, Mar 3, 2026, 9:00 AM, 0 changes',
      '1.41.0 → production, Failed, Mar 5, 2026, 9:00 AM, 2 changes, mended after 47 min',
      '1.42.0 → production, Success, Mar 9, 2026, 9:00 AM, 2 changes',
    ]);
    expect(dots[1]).toHaveAttribute('href', '/delivery/deployments/key-2');
  });

  it('is one tab stop; the arrow keys move along and Enter opens', async () => {
    const user = userEvent.setup();
    open();
    const dots = within(await river()).getAllByRole('link');
    expect(dots.map(dot => dot.getAttribute('tabindex'))).toEqual([
      '-1',
      '-1',
      '0',
    ]);

    act(() => dots[2].focus());
    await user.keyboard('{ArrowLeft}');
    expect(dots[1]).toHaveFocus();
    await user.keyboard('{Home}');
    expect(dots[0]).toHaveFocus();
    await user.keyboard('{ArrowLeft}');
    expect(dots[0]).toHaveFocus();
    await user.keyboard('{End}{ArrowRight}');
    expect(dots[2]).toHaveFocus();

    await user.click(dots[1]);
    expect(await screen.findByText('Another page')).toBeVisible();
  });

  it('is also a table, for everybody', async () => {
    open();
    const figure = await river();
    expect(
      within(figure).getByRole('table', { name: 'Deployment river' }),
    ).toBeInTheDocument();

    await userEvent.click(
      within(figure).getByRole('button', { name: 'View as table' }),
    );
    expect(within(figure).queryByRole('link')).toBeNull();
    const rows = within(figure).getAllByRole('row');
    expect(rows.map(row => row.textContent)).toEqual([
      'VersionKindWhenEnvironmentOutcomeChangesMended after',
      'Card payments failIncidentMar 10, 2026, 9:20 AM–resolved–32 min',
      '1.42.0DeploymentMar 9, 2026, 9:00 AMproductionSuccess2–',
      '1.41.0DeploymentMar 5, 2026, 9:00 AMproductionFailed247 min',
      '1DeploymentMar 3, 2026, 9:00 AMproductionAttempt, did not get through0–',
    ]);
  });
});
