import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { metricsApi, renderPages } from '../../__testUtils__/renderPages';
import { DoraPage } from './DoraPage';

const address = () =>
  new URLSearchParams(
    screen.getByLabelText('address').textContent?.split('?')[1],
  );

const service = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'checkout', namespace: 'default', title: 'Checkout' },
  spec: { type: 'service' },
};

beforeEach(() => localStorage.clear());

describe('the address of the DORA page', () => {
  it('is the question', async () => {
    const api = metricsApi();
    renderPages(<DoraPage />, {
      api,
      address:
        '/delivery?scope=system:default/pay&scope=group:default/core&from=2026-01-01&to=2026-02-01&tz=Asia/Tokyo&group=service&unit=pull_request&edition=2024&size=fewer_than_500',
    });
    await screen.findByRole('article', { name: 'Lead time' });
    expect(api.getMetrics).toHaveBeenCalledWith(
      expect.objectContaining({
        scope: ['system:default/pay', 'group:default/core'],
        from: '2026-01-01',
        to: '2026-02-01',
        tz: 'Asia/Tokyo',
        unit: 'pull_request',
        edition: '2024',
        size: 'fewer_than_500',
      }),
      expect.anything(),
    );
    expect(api.getMetricsBy).toHaveBeenCalledWith(
      expect.objectContaining({ groupBy: 'service', tz: 'Asia/Tokyo' }),
      expect.anything(),
    );
    expect(screen.getByRole('tab', { name: 'Services' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    // One day less than the end: people mean the last day included.
    expect(
      screen.getByRole('button', { name: 'Jan 1, 2026 – Jan 31, 2026' }),
    ).toBeInTheDocument();
  });

  it('follows the filters', async () => {
    const api = metricsApi();
    renderPages(<DoraPage />, { api, entities: [service] });
    await screen.findByRole('article', { name: 'Lead time' });

    await userEvent.click(screen.getByRole('radio', { name: '30 days' }));
    await userEvent.click(screen.getByRole('tab', { name: 'Services' }));
    await userEvent.click(
      screen.getByRole('button', { name: 'Scope: Everything' }),
    );
    await userEvent.click(
      await screen.findByRole('checkbox', { name: /Checkout/ }),
    );

    await waitFor(() =>
      expect(Object.fromEntries(address())).toEqual({
        days: '30',
        group: 'service',
        scope: 'component:default/checkout',
      }),
    );
    expect(api.getMetrics).toHaveBeenLastCalledWith(
      expect.objectContaining({ scope: ['component:default/checkout'] }),
      expect.anything(),
    );
  });

  it('that says nothing gets what the person chose last time', async () => {
    const first = renderPages(<DoraPage />);
    await userEvent.click(
      await screen.findByRole('radio', { name: '60 days' }),
    );
    await waitFor(() => expect(address().get('days')).toBe('60'));
    first.unmount();

    const api = metricsApi();
    renderPages(<DoraPage />, { api });
    await waitFor(() => expect(address().get('days')).toBe('60'));
    expect(
      await screen.findByText('9 h faster than the 60 days before', {
        selector: 'article *',
      }),
    ).toBeInTheDocument();
    expect(api.getMetrics).toHaveBeenCalledTimes(1);
  });

  it('forgets dates of one’s own for another day, and goes back to the usual', async () => {
    const first = renderPages(<DoraPage />);
    await userEvent.click(
      await screen.findByRole('radio', { name: '60 days' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Choose dates' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show this period' }),
    );
    await waitFor(() => expect(address().has('from')).toBe(true));
    first.unmount();

    renderPages(<DoraPage />);
    await waitFor(() => expect(address().get('days')).toBe('60'));
    await userEvent.click(await screen.findByRole('button', { name: 'Reset' }));
    await waitFor(() => expect(address().get('days')).toBe('90'));
    expect(screen.queryByRole('button', { name: 'Reset' })).toBeNull();
  });

  it('sorts the table by a click on a head', async () => {
    renderPages(<DoraPage />);
    await userEvent.click(
      await screen.findByRole('columnheader', { name: 'Lead time' }),
    );
    await waitFor(() => expect(address().get('sort')).toBe('leadTime'));
  });

  it('is copied with its window pinned and its zone named', async () => {
    const user = userEvent.setup();
    renderPages(<DoraPage />, { address: '/delivery?days=30&tz=UTC' });
    await screen.findByRole('article', { name: 'Lead time' });
    await user.click(screen.getByRole('button', { name: 'Share' }));
    expect(await screen.findByText('Link copied')).toBeInTheDocument();
    const copied = new URL(
      screen.getByDisplayValue<HTMLInputElement>(/^http/).value,
    ).searchParams;
    expect(copied.get('tz')).toBe('UTC');
    expect(copied.get('from')).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(copied.get('to')).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(copied.has('days')).toBe(false);
  });

  it('leads from a row to the tab of the entity, with the same window', async () => {
    renderPages(<DoraPage />, {
      address: '/delivery?days=60&group=service',
    });
    const row = await screen.findByRole('row', { name: /ledger/ });
    expect(row).toHaveAttribute(
      'data-href',
      '/catalog/default/component/ledger/delivery?days=60&group=service',
    );
  });
});
