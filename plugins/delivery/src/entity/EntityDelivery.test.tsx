import type { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { DELIVERY_SIGNAL_CHANNEL } from '@fawkes/backstage-plugin-delivery-common';
import { signalTag } from '@fawkes/kit-contract';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeSignals } from '@fawkes/kit-ui/testUtils';
import {
  aListed,
  aMetricsResponse,
  anIncident,
  NOW,
  someMetrics,
} from '../../dev/builders';
import { fakeApi } from '../__testUtils__/fakeApi';
import { renderDelivery } from '../__testUtils__/renderDelivery';
import { EntityDelivery } from './EntityDelivery';

const service: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'payments-api',
    annotations: { 'github.com/project-slug': 'acme/payments-api' },
  },
};
const system: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { name: 'payments' },
};

const page = <T,>(items: T[], nextCursor: string | null = null) => ({
  asOf: NOW,
  items,
  nextCursor,
  changedCursor: '0',
});

const recent = (id: string, more: Parameters<typeof aListed>[0] = {}) =>
  aListed({
    id,
    version: `1.${id}.0`,
    finishedAt: new Date(Date.now() - 86_400_000).toISOString(),
    ...more,
  });

function anApi(overrides: Parameters<typeof fakeApi>[0] = {}) {
  return fakeApi({
    getMetrics: jest.fn(async () => aMetricsResponse()),
    getDeployments: jest.fn(async () => page([recent('42')])),
    getIncidents: jest.fn(async () => page([anIncident()])),
    ...overrides,
  });
}

function open(
  api: ReturnType<typeof fakeApi>,
  entity: Entity = service,
  options: { at?: string; signals?: ReturnType<typeof fakeSignals> } = {},
) {
  renderDelivery(
    <EntityProvider entity={entity}>
      <EntityDelivery />
    </EntityProvider>,
    { api, path: '/delivery-tab', at: '/delivery-tab', ...options },
  );
}

const list = () => screen.findByRole('region', { name: 'Deployments' });

describe('EntityDelivery', () => {
  // What a person chose last is remembered there.
  beforeEach(() => window.localStorage.clear());

  it('keeps the place while it loads', async () => {
    open(anApi({ getMetrics: jest.fn(() => new Promise(() => {})) }));
    expect(
      (await screen.findAllByText('Loading delivery data'))[0],
    ).toBeVisible();
  });

  it('shows the five numbers of the service, its river and its deployments', async () => {
    const api = anApi();
    open(api);

    const lead = await screen.findByRole('article', { name: 'Lead time' });
    expect(lead).toHaveTextContent('1.4 days');
    expect(lead).toHaveTextContent('9 h faster than the 30 days before');
    // N/A with its reason and a button that leads to what is missing.
    const rework = screen.getByRole('article', { name: 'Rework rate' });
    expect(rework).toHaveTextContent(
      'No deployment says whether it was planned.',
    );
    expect(within(rework).getByRole('link')).toHaveAttribute(
      'href',
      '/delivery/quality?scope=component%3Adefault%2Fpayments-api',
    );
    expect(
      await screen.findByRole('figure', { name: /^Deployment river/ }),
    ).toBeVisible();
    const row = within(await list()).getByRole('row', { name: /1\.42\.0/ });
    expect(row).toHaveAttribute('data-href', '/delivery/deployments/key-42');
    expect(api.getMetrics.mock.calls[0][0]).toMatchObject({
      scope: ['component:default/payments-api'],
    });
  });

  it('asks for the period in the address, and changes it there', async () => {
    const api = anApi();
    open(api, service, { at: '/delivery-tab?days=30&tz=UTC' });
    const days = (query: { from?: string; to?: string } = {}) =>
      (Date.parse(query.to ?? '') - Date.parse(query.from ?? '')) / 86_400_000;

    await screen.findByRole('article', { name: 'Lead time' });
    expect(days(api.getMetrics.mock.calls[0][0])).toBe(30);
    await userEvent.click(screen.getByRole('radio', { name: '60 days' }));
    await waitFor(() =>
      expect(days(api.getMetrics.mock.lastCall?.[0])).toBe(60),
    );
  });

  it('narrows the list to failed ones, attempts, and all environments', async () => {
    const user = userEvent.setup();
    const api = anApi({
      getDeployments: jest.fn(async () =>
        page([recent('42'), recent('43', { status: 'failure' })]),
      ),
    });
    open(api);
    const deployments = await list();
    await within(deployments).findByRole('row', { name: /1\.43\.0/ });

    await user.click(
      within(deployments).getByRole('radio', { name: 'Attempts' }),
    );
    expect(
      within(deployments).queryByRole('row', { name: /1\.42\.0/ }),
    ).toBeNull();
    expect(
      within(deployments).getByText('Attempt, did not get through'),
    ).toBeVisible();

    await user.click(
      within(deployments).getByRole('radio', { name: 'Failed' }),
    );
    await waitFor(() =>
      expect(api.getDeployments.mock.lastCall?.[0]).toMatchObject({
        failed: true,
        production: true,
      }),
    );
    await user.click(
      within(deployments).getByRole('switch', { name: 'All environments' }),
    );
    await waitFor(() =>
      expect(api.getDeployments.mock.lastCall?.[0]).toMatchObject({
        production: false,
      }),
    );
  });

  it('marks deployments other plugins say something about', async () => {
    const label = (source: string, text: string) => ({
      source,
      text,
      url: 'https://portal.example/cab',
      at: NOW,
    });
    const labels = [
      label('cab', 'Not approved'),
      label('gate', 'Not approved'),
      label('scan', 'Has a finding nobody has looked at since March'),
    ];
    open(
      anApi({
        getDeployments: jest.fn(async () => page([recent('42', { labels })])),
      }),
    );
    const row = await within(await list()).findByRole('row', {
      name: /1\.42\.0/,
    });
    expect(within(row).getAllByText('Not approved')).toHaveLength(1);
    expect(within(row).getByText('Has a finding nobody has lo…')).toBeVisible();
  });

  it('loads the list page by page', async () => {
    const api = anApi({
      getDeployments: jest.fn(async (query = {}) =>
        query.cursor
          ? page([recent('41')])
          : page([recent('42')], query.limit ? null : 'next'),
      ),
    });
    open(api);
    const deployments = await list();
    await userEvent.click(
      await within(deployments).findByRole('button', { name: 'Load more' }),
    );
    expect(
      await within(deployments).findByRole('row', { name: /1\.41\.0/ }),
    ).toBeVisible();
    expect(
      within(deployments).getByRole('row', { name: /1\.42\.0/ }),
    ).toBeVisible();
    expect(
      within(deployments).queryByRole('button', { name: 'Load more' }),
    ).toBeNull();
  });

  it('says when nothing matches', async () => {
    open(anApi({ getDeployments: jest.fn(async () => page([])) }));
    expect(
      await screen.findByText('No deployment in this period'),
    ).toBeVisible();
  });

  it('has its services instead of a river for a system', async () => {
    const api = anApi({
      getMetricsBy: jest.fn(async () => ({
        asOf: NOW,
        groupBy: 'service' as const,
        window: aMetricsResponse().window,
        approximate: false,
        rebuilding: false,
        items: [
          {
            entity: {
              ref: 'component:default/payments-api',
              title: 'payments-api',
            },
            sample: false,
            metrics: someMetrics(),
            spark: [1, 2, 3],
          },
        ],
        nextCursor: null,
      })),
    });
    open(api, system);
    const services = await screen.findByRole('region', { name: 'Services' });
    const row = await within(services).findByRole('row', {
      name: /payments-api/,
    });
    expect(row).toHaveTextContent('1.4 days');
    expect(row).toHaveAttribute(
      'data-href',
      '/catalog/default/component/payments-api/delivery?days=90',
    );
    expect(screen.queryByRole('figure', { name: /river/ })).toBeNull();
    expect(api.getMetricsBy.mock.calls[0][0]).toMatchObject({
      scope: ['system:default/payments'],
      groupBy: 'service',
    });
    expect(api.getIncidents).not.toHaveBeenCalled();
  });

  it('leads through the first steps where nothing is known', async () => {
    const empty = aMetricsResponse();
    open(
      anApi({
        getMetrics: jest.fn(async () => ({
          ...empty,
          scope: { ...empty.scope, firstFactAt: null },
        })),
      }),
    );
    const steps = await screen.findByRole('region', { name: /^First steps/ });
    expect(steps).toHaveTextContent(
      'github.com/project-slug: acme/payments-api',
    );
    expect(steps).toHaveTextContent('fawkes.dev/delivery-paths: not set');
    expect(
      within(steps).getByText('http://localhost:7007/api/events/http/github'),
    ).toBeVisible();
    expect(
      within(steps).getByLabelText('Command that tells a deployment'),
    ).toHaveTextContent(
      /curl -X POST 'http:\/\/localhost:7007\/api\/delivery\/events'.*"service": "component:default\/payments-api"/,
    );
    expect(
      within(steps).getByRole('link', { name: 'All ways to send events' }),
    ).toBeVisible();
  });

  it('offers to try again after an error', async () => {
    const getMetrics = jest
      .fn()
      .mockRejectedValueOnce(new TypeError('fetch failed'))
      .mockResolvedValue(aMetricsResponse());
    open(anApi({ getMetrics }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The backend does not answer.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('article', { name: 'Lead time' }),
    ).toBeVisible();
  });

  it('shows new facts as they come', async () => {
    const signals = fakeSignals();
    const getDeployments = jest.fn(async () => page([recent('42')]));
    open(anApi({ getDeployments }), service, { signals });
    await within(await list()).findByRole('row', { name: /1\.42\.0/ });

    getDeployments.mockResolvedValue(page([recent('43'), recent('42')]));
    await signals.send(DELIVERY_SIGNAL_CHANNEL, {
      tags: [signalTag('component:default/payments-api')],
    });
    expect(
      await within(await list()).findByRole('row', { name: /1\.43\.0/ }),
    ).toBeVisible();
  });

  it('stops listening when it is left', async () => {
    const signals = fakeSignals();
    const { unmount } = renderDelivery(
      <EntityProvider entity={service}>
        <EntityDelivery />
      </EntityProvider>,
      { api: anApi(), signals },
    );
    await list();
    expect(signals.count()).toBe(1);
    unmount();
    expect(signals.count()).toBe(0);
  });
});
