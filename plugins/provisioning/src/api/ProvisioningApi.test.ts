import { createProvisioningClient } from './ProvisioningApi';

describe('createProvisioningClient', () => {
  it('asks the provisioning backend, and takes fetch with what it belongs to', async () => {
    const asked: string[] = [];
    const fetchApi = {
      answer: '{"id":"r1","runId":"run1","state":"running"}',
      async fetch(this: { answer: string }, url: RequestInfo | URL) {
        asked.push(String(url));
        return new Response(this.answer);
      },
    };
    const client = createProvisioningClient({ fetchApi });
    await expect(
      client.destroy({ id: 'r1', body: { confirm: 'shop' } }),
    ).resolves.toEqual({ id: 'r1', runId: 'run1', state: 'running' });
    await client.checkName({
      kind: 'service',
      name: 'shop',
      owner: 'group:default/a',
    });
    expect(asked).toEqual([
      'plugin://provisioning/requests/r1/destroy',
      'plugin://provisioning/names/service/shop?owner=group%3Adefault%2Fa',
    ]);
  });
});
