import { createBackendPlugin } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { provisioningServiceRef, type ProvisioningService } from '../service';
import { fakeProvisioning } from './fakeProvisioning';

const call = { credentials: mockCredentials.user() };
const nothing = {
  asOf: '2026-03-01T00:00:00.000Z',
  items: [],
  nextCursor: null,
};

describe('fakeProvisioning', () => {
  it('answers what a test says, and is told what was asked', async () => {
    const getRequests = jest.fn(async () => nothing);
    const destroy = jest.fn(async () => ({
      id: 'r',
      runId: 'x',
      state: 'destroying' as const,
    }));
    const provisioning = fakeProvisioning({ getRequests, destroy });
    expect(await provisioning.requests({ state: ['ready'] }, call)).toEqual(
      nothing,
    );
    expect(getRequests).toHaveBeenCalledWith({ state: ['ready'] }, undefined);
    const body = { confirm: 'shop', force: false, purge: false };
    await provisioning.destroy({ id: 'r', ...body }, call);
    expect(destroy).toHaveBeenCalledWith({ id: 'r', body }, undefined);
  });

  it('refuses what nobody expects, and what the plugin would not answer', async () => {
    await expect(
      fakeProvisioning({}).request({ id: 'r' }, call),
    ).rejects.toThrow('getRequest was not expected');
    const wrong = { ...nothing, items: [{}] } as never;
    const provisioning = fakeProvisioning({ getEntities: async () => wrong });
    await expect(provisioning.entities({}, call)).rejects.toThrow();
  });

  it('stands in for the plugin in a backend, or for its absence', async () => {
    const given: ProvisioningService[] = [];
    const plugin = createBackendPlugin({
      pluginId: 'asker',
      register(env) {
        env.registerInit({
          deps: { provisioning: provisioningServiceRef },
          init: async ({ provisioning }) => void given.push(provisioning),
        });
      },
    });
    await startTestBackend({ features: [plugin, fakeProvisioning().factory] });
    expect(await given[0].requests({}, call)).toBeUndefined();
    expect(await given[0].request({ id: 'r' }, call)).toBeUndefined();
  });
});
