import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { fakeDelivery } from '@fawkes/backstage-plugin-delivery-node/testUtils';
import { ANNOTATION_PROVISIONING_REQUEST } from '@fawkes/backstage-plugin-provisioning-common';
import { entityOf } from '../__testUtils__/organisation';
import type { LocalHostStart } from '../effects/localHost';
import { HeldLocalHost } from './heldLocalHost';
import { localHostStarter } from './localHostStarter';
import type { LocalHostOptions } from './options';

const PAY = 'component:default/pay';

/** The options with which a backend starts its local host. */
async function optionsWith(
  annotations: Record<string, string>,
): Promise<LocalHostOptions> {
  const find = jest
    .spyOn(HeldLocalHost, 'find')
    .mockResolvedValue({} as HeldLocalHost);
  const start = localHostStarter({
    auth: mockServices.auth(),
    catalog: catalogServiceMock({
      entities: [entityOf(PAY, [], annotations)],
    }),
    config: { limits: { perOwner: 20, running: 10 } },
    delivery: fakeDelivery(),
    events: mockServices.events.mock(),
    rootConfig: mockServices.rootConfig(),
  });
  await start({ directory: '/nowhere' } as LocalHostStart);
  return find.mock.calls[0][1];
}

describe('what a backend tells its local host', () => {
  afterEach(() => jest.restoreAllMocks());

  it.each([
    ['that of this request', { [ANNOTATION_PROVISIONING_REQUEST]: 'r2' }, true],
    // The one before it had the name, and was destroyed a moment ago.
    ['that of another', { [ANNOTATION_PROVISIONING_REQUEST]: 'r1' }, false],
    ['nobody’s', {}, false],
  ])('takes an entity for its own: %s', async (_, annotations, own) => {
    const { inCatalog } = await optionsWith(annotations);
    expect(await inCatalog!(PAY, 'r2')).toBe(own);
    expect(await inCatalog!('component:default/other', 'r2')).toBe(false);
  });
});
