import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  deliverySourcesExtensionPoint,
  type DeliverySource,
} from '@fawkes/backstage-plugin-delivery-node';
import deliveryModuleGithub from './index';

describe('deliveryModuleGithub', () => {
  it('registers the source', async () => {
    const sources: DeliverySource[] = [];
    await startTestBackend({
      extensionPoints: [
        [
          deliverySourcesExtensionPoint,
          { addSource: source => void sources.push(source) },
        ],
      ],
      features: [deliveryModuleGithub, mockServices.rootConfig.factory()],
    });
    expect(sources).toMatchObject([{ id: 'github', topics: ['github'] }]);
  });
});
