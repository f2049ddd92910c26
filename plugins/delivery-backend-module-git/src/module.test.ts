import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  deliverySourcesExtensionPoint,
  type DeliverySource,
} from '@fawkes/backstage-plugin-delivery-node';
import deliveryModuleGit from './index';

async function start(git: object) {
  const sources: DeliverySource[] = [];
  await startTestBackend({
    extensionPoints: [
      [
        deliverySourcesExtensionPoint,
        { addSource: source => void sources.push(source) },
      ],
    ],
    features: [
      deliveryModuleGit,
      mockServices.rootConfig.factory({
        data: { delivery: { sources: { git } } },
      }),
    ],
  });
  return sources[0];
}

describe('deliveryModuleGit', () => {
  it('registers a source with nothing to load', async () => {
    const source = await start({});
    expect(source).toMatchObject({ id: 'git' });
    expect(source).not.toHaveProperty('backfill');
    expect(source).not.toHaveProperty('schedule');
    expect(source.map({ deliveryId: 'x', payload: {} })).toMatchObject({
      outcome: 'ignored',
    });
  });

  it('loads every hour what is configured', async () => {
    const source = await start({
      repositories: [{ path: '/x', repository: 'github.com/acme/pay' }],
    });
    expect(source.backfill).toBeInstanceOf(Function);
    expect(source.schedule).toMatchObject({ frequency: { hours: 1 } });
  });
});
