import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { buildAhead } from './buildAhead';

function component(name: string, annotations: Record<string, string> = {}) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    spec: {},
  };
}

const documentation = { 'backstage.io/techdocs-ref': 'dir:.' };

async function run(
  answer: (url: string) => Response,
  asked = new Set<string>(),
) {
  const logger = mockServices.logger.mock();
  const requests: Array<{ url: string; authorization: string | null }> = [];
  await buildAhead({
    auth: mockServices.auth(),
    discovery: mockServices.discovery(),
    catalog: catalogServiceMock({
      entities: [
        component('ledger', documentation),
        component('cart'),
        component('Checkout', documentation),
      ],
    }),
    logger,
    asked,
    fetch: async (url, init) => {
      const headers = new Headers(init?.headers);
      requests.push({
        url: String(url),
        authorization: headers.get('authorization'),
      });
      return answer(String(url));
    },
  });
  return { logger, requests };
}

describe('buildAhead', () => {
  it('asks for every documented entity, as the service', async () => {
    const { logger, requests } = await run(
      () => new Response('event: finish\ndata: {"updated":true}\n\n'),
    );
    expect(requests.map(({ url }) => url)).toEqual([
      expect.stringMatching(
        /\/api\/techdocs\/sync\/default\/component\/ledger$/,
      ),
      expect.stringMatching(
        /\/api\/techdocs\/sync\/default\/component\/checkout$/,
      ),
    ]);
    expect(requests[0].authorization).toMatch(/^Bearer .+/);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('asks once for each', async () => {
    const asked = new Set<string>();
    const answer = () => new Response('event: finish\n\n');
    expect((await run(answer, asked)).requests).toHaveLength(2);
    expect((await run(answer, asked)).requests).toHaveLength(0);
  });

  it('goes on after a site that cannot be built', async () => {
    const { logger, requests } = await run(url =>
      url.endsWith('ledger')
        ? new Response('event: error\ndata: "No front page"\n\n')
        : new Response('event: finish\n\n'),
    );
    expect(requests).toHaveLength(2);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/default\/component\/ledger .*No front page/s),
    );
  });
});
