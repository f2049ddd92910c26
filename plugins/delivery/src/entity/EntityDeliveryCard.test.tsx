import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { aMetricsResponse, someMetrics, unknown } from '../../dev/builders';
import type { DeliveryApi } from '../api';
import { fakeApi } from '../__testUtils__/fakeApi';
import { renderDelivery } from '../__testUtils__/renderDelivery';
import { EntityDeliveryCard } from './EntityDeliveryCard';

function open(getMetrics: DeliveryApi['getMetrics'], windowDays?: number) {
  renderDelivery(
    <EntityProvider
      entity={{
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'payments-api' },
      }}
    >
      <EntityDeliveryCard windowDays={windowDays} />
    </EntityProvider>,
    { api: fakeApi({ getMetrics }) },
  );
}

/** What stands behind a name in the card. */
const value = async (name: string) =>
  (await screen.findByText(name)).parentElement;

describe('EntityDeliveryCard', () => {
  it('shows frequency, lead time and fail rate with their trend', async () => {
    const getMetrics = jest.fn(async () => aMetricsResponse());
    open(getMetrics, 90);
    expect(await value('Deployments')).toHaveTextContent('4.3 /day');
    expect(await value('Lead time')).toHaveTextContent(
      /1\.4 days.*9 h faster than the 90 days before/,
    );
    expect(await value('Change fail rate')).toHaveTextContent('8.1 %');
    expect(
      screen.getByRole('link', { name: 'Deployments and details' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/payments-api/delivery',
    );
  });

  it('gives the reason of what is not known', async () => {
    const metrics = someMetrics();
    open(
      jest.fn(async () =>
        aMetricsResponse({
          metrics: {
            ...metrics,
            leadTime: {
              ...metrics.leadTime,
              p50: unknown('No commit is known.'),
            },
          },
        }),
      ),
    );
    expect(await value('Lead time')).toHaveTextContent(
      'N/A: No commit is known.',
    );
  });

  it('leads to the first steps where nothing is known', async () => {
    const empty = aMetricsResponse();
    open(
      jest.fn(async () => ({
        ...empty,
        scope: { ...empty.scope, firstFactAt: null },
      })),
    );
    expect(
      await screen.findByText(/No deployments are known yet/),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'First steps' })).toBeVisible();
  });

  it('says what went wrong', async () => {
    open(
      jest.fn(async () => {
        throw new Error('the numbers are on strike');
      }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'the numbers are on strike',
    );
  });
});
