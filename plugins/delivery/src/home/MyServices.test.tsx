import { screen } from '@testing-library/react';
import {
  metricsByAnswer,
  metricSet,
  metricsRow,
  unknown,
} from '../__testUtils__/answers';
import {
  ME,
  metricsApi,
  MY_TEAM,
  renderPages,
} from '../__testUtils__/renderPages';
import { MyServices } from './MyServices';

const service = (name: string, owner: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default' },
  spec: { type: 'service' },
  relations: [{ type: 'ownedBy', targetRef: owner }],
});

describe('MyServices', () => {
  it('shows the services of the person and how fast they ship', async () => {
    const api = metricsApi();
    const set = metricSet();
    api.getMetricsBy.mockResolvedValue(
      metricsByAnswer([
        metricsRow('checkout'),
        metricsRow('ledger', {
          metrics: {
            ...set,
            leadTime: { ...set.leadTime, p50: unknown('No deployment yet.') },
          },
        }),
      ]),
    );
    renderPages(<MyServices />, {
      api,
      entities: [
        service('checkout', ME),
        service('ledger', MY_TEAM),
        service('other', 'group:default/others'),
      ],
    });
    expect(
      await screen.findByRole('link', { name: 'checkout' }),
    ).toHaveAttribute('href', '/catalog/default/component/checkout/delivery');
    expect(screen.getByText('1.4 days')).toBeInTheDocument();
    expect(screen.getByText('Not enough data')).toHaveAttribute(
      'title',
      'No deployment yet.',
    );
    expect(
      screen.getByRole('link', { name: 'Delivery performance of all 2' }),
    ).toHaveAttribute('href', expect.stringContaining('days=30'));
    expect(api.getMetricsBy).toHaveBeenCalledWith(
      expect.objectContaining({
        scope: ['component:default/checkout', 'component:default/ledger'],
        groupBy: 'service',
      }),
      expect.anything(),
    );
  });

  it('helps a person who owns nothing', async () => {
    renderPages(<MyServices />);
    expect(
      await screen.findByText(/own no service in the catalog yet/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Find your service' }),
    ).toBeInTheDocument();
  });
});
