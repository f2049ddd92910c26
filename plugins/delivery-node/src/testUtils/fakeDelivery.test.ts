import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { deliveryServiceRef, type DeliveryService } from '../service';
import { fakeDelivery } from './fakeDelivery';

const call = { credentials: mockCredentials.user() };
const nothing = {
  asOf: '2026-03-01T00:00:00.000Z',
  items: [],
  nextCursor: null,
  changedCursor: '7',
};

describe('fakeDelivery', () => {
  it('answers what a test says, and is told what was asked', async () => {
    const getDeployments = jest.fn(async () => nothing);
    const delivery = fakeDelivery({ getDeployments, setLabel: async () => {} });
    const sha = 'a'.repeat(40);
    expect(await delivery.deployments({ sha }, call)).toEqual(nothing);
    expect(getDeployments).toHaveBeenCalledWith({ sha }, undefined);
    expect(
      await delivery.setLabel(
        { key: 'k', source: 's', text: 't', url: 'https://x.y' },
        call,
      ),
    ).toBe(true);
  });

  it('answers classes by their name', async () => {
    const asked = { service: 'component:default/shop', environment: 'live' };
    const delivery = fakeDelivery({
      getEnvironment: async () => ({
        ...asked,
        asOf: nothing.asOf,
        class: 'production',
        saidBy: 'annotation',
      }),
    });
    expect(await delivery.classOf(asked, call)).toBe('production');
  });

  it('refuses what nobody expects, and what the plugin would not answer', async () => {
    await expect(fakeDelivery({}).metrics({}, call)).rejects.toThrow(
      'getMetrics was not expected',
    );
    const wrong = { ...nothing, items: [{}] } as never;
    const delivery = fakeDelivery({ getDeployments: async () => wrong });
    await expect(delivery.deployments({}, call)).rejects.toThrow();
  });

  it('stands in for the plugin in a backend, or for its absence', async () => {
    const given: DeliveryService[] = [];
    const plugin = createBackendPlugin({
      pluginId: 'asker',
      register(env) {
        env.registerInit({
          deps: { delivery: deliveryServiceRef, logger: coreServices.logger },
          init: async ({ delivery }) => void given.push(delivery),
        });
      },
    });
    await startTestBackend({ features: [plugin, fakeDelivery().factory] });
    expect(await given[0].deployments({}, call)).toBeUndefined();
    expect(await given[0].metrics({}, call)).toBeUndefined();
  });
});
