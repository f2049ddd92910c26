import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { cabServiceRef, type CabService } from '../service';
import { fakeCab } from './fakeCab';

const call = { credentials: mockCredentials.service() };
const asked = {
  entityRef: 'component:default/shop',
  environment: 'test',
  commitSha: 'a'.repeat(40),
  artifactDigest: null,
  stage: 'all',
  runUrl: 'https://ci.example/1',
};
const answer = {
  verdict: 'deny' as const,
  reasonCode: 'NO_CHANGE',
  reason: { code: 'gate.NO_CHANGE', params: {}, text: 'Nobody asked' },
  changeId: null,
  score: null,
  expiresAt: null,
  retryAt: null,
  seq: null,
};

describe('fakeCab', () => {
  it('answers what a test says, and is told what was asked', async () => {
    const askGate = jest.fn(async () => answer);
    const cab = fakeCab({ askGate });
    expect(await cab.gate(asked, call)).toEqual(answer);
    expect(askGate).toHaveBeenCalledWith({ body: asked }, undefined);
  });

  it('refuses what nobody expects, and what the plugin would not answer', async () => {
    await expect(fakeCab({}).changes({}, call)).rejects.toThrow(
      'getChanges was not expected',
    );
    const wrong = { ...answer, verdict: 'perhaps' } as never;
    const cab = fakeCab({ askGate: async () => wrong });
    await expect(cab.gate(asked, call)).rejects.toThrow();
  });

  it('stands in for the plugin in a backend, or for its absence', async () => {
    const given: CabService[] = [];
    const plugin = createBackendPlugin({
      pluginId: 'asker',
      register(env) {
        env.registerInit({
          deps: { cab: cabServiceRef, logger: coreServices.logger },
          init: async ({ cab }) => void given.push(cab),
        });
      },
    });
    await startTestBackend({ features: [plugin, fakeCab().factory] });
    expect(await given[0].changes({}, call)).toBeUndefined();
    expect(await given[0].change({ id: 'x' }, call)).toBeUndefined();
    expect(await given[0].gate(asked, call)).toBeUndefined();
  });
});
