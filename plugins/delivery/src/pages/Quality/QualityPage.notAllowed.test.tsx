import { screen, within } from '@testing-library/react';
import { renderDelivery } from '../../__testUtils__/renderDelivery';
import { anApi } from '../../__testUtils__/quality';
import { QualityPage } from './QualityPage';

// In a file of its own: usePermission remembers its answers per module.
describe('without the permission to manage the intake', () => {
  it('nothing can be replayed or loaded, and the page says why', async () => {
    renderDelivery(<QualityPage />, { api: anApi(), allowed: false });

    const sources = await screen.findByRole('region', { name: 'Sources' });
    expect(
      await within(sources).findByText(/takes the permission/),
    ).toBeVisible();
    expect(within(sources).queryByRole('button')).toBeNull();

    const rejected = screen.getByRole('region', { name: 'Rejected events' });
    expect(
      await within(rejected).findByText(/takes the permission/),
    ).toBeVisible();
    expect(
      within(rejected).queryByRole('button', { name: /Replay/ }),
    ).toBeNull();
    expect(within(rejected).getByText(/^lies before startedAt/)).toBeVisible();
  });
});
