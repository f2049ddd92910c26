import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { parseDeliveryEvent } from '@fawkes/backstage-plugin-delivery-common';
import { fakeDelivery } from '@fawkes/backstage-plugin-delivery-node/testUtils';
import { commitEvent, deploymentEvent } from './deliveryEvents';
import type { LocalHostOptions } from './options';
import { forDelivery, Tellers } from './telling';

const NOW = Date.parse('2026-11-30T12:00:00.000Z');
const SERVICE = { namespace: 'default', name: 'pay' };
const SHA = 'a'.repeat(40);

const told = {
  id: 'run/service:deploy',
  kind: 'deploy',
  commit: SHA,
  digest: 'd'.repeat(64),
  startedAt: NOW - 5_000,
  actor: 'user:default/mira',
} as const;

const commit = {
  sha: SHA,
  parents: ['b'.repeat(40)],
  author: { name: 'The Boss', email: 'boss@example.com' },
  authoredAt: '2020-01-01T00:00:00.000Z',
  committedAt: '2099-01-01T00:00:00.000Z',
  title: 'Say\u0007 hello',
};

describe('what the delivery plugin is told', () => {
  it.each(['running', 'success', 'failure', 'cancelled'] as const)(
    'is an event that it takes: %s',
    status => {
      const event = deploymentEvent(SERVICE, {
        ...told,
        status,
        ...(status !== 'running' && { finishedAt: NOW }),
      });
      expect(parseDeliveryEvent(event, NOW)).toMatchObject({
        ok: true,
        event: { environment: 'local', actor: 'user:default/mira' },
      });
    },
  );

  it('names nobody where a plugin deploys', () => {
    const event = deploymentEvent(SERVICE, {
      ...told,
      status: 'running',
      actor: 'plugin:dojo',
    });
    expect(event).not.toHaveProperty('actor');
  });

  it('is of a commit what git knows, and of its author nothing', () => {
    const event = commitEvent(SERVICE, commit, NOW);
    expect(parseDeliveryEvent(event, NOW)).toEqual({
      ok: true,
      event: {
        type: 'change',
        kind: 'commit',
        source: 'local-deployer',
        id: `portal.local/default/pay@${SHA}`,
        occurredAt: '2026-11-30T12:00:00.000Z',
        repository: 'portal.local/default/pay',
        sha: SHA,
        parents: commit.parents,
        authoredAt: '2020-01-01T00:00:00.000Z',
        committedAt: '2026-11-30T12:00:00.000Z',
        pushedAt: '2026-11-30T12:00:00.000Z',
        title: 'Say  hello',
      },
    });
  });

  it('comes in batches, each once', () => {
    const events = Array.from({ length: 250 }, (_, n) =>
      commitEvent(SERVICE, { ...commit, sha: `${n}`.padStart(40, '0') }, NOW),
    );
    const messages = forDelivery('r1', 'push/x', events);
    expect(messages.map(({ payload }) => (payload as []).length)).toEqual([
      100, 100, 50,
    ]);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(3);
  });
});

describe('telling the delivery plugin', () => {
  const tellersWith = (tell: LocalHostOptions['delivery']['tell']) =>
    new Tellers({
      delivery: { tell },
      events: mockServices.events.mock(),
      credentials: async () => mockCredentials.service(),
    });
  const event = deploymentEvent(SERVICE, { ...told, status: 'running' });
  const ask = (tellers: Tellers) => tellers.byKind.delivery([event], 'm1');

  it('keeps it where it is not installed, and knows that', async () => {
    const tellers = tellersWith(fakeDelivery().tell);
    expect(await ask(tellers)).toEqual({
      absent: 'The delivery plugin is not installed',
    });
    expect(tellers.presence).toBe('absent');
  });

  it('is given up where it refuses for good, and tried again where it is away', async () => {
    const failing = (error: object) =>
      tellersWith(async () => {
        throw Object.assign(new Error('no'), error);
      });
    expect(await ask(failing({ statusCode: 400 }))).toEqual({
      refused: 'Error: no',
    });
    await expect(ask(failing({ statusCode: 503 }))).rejects.toThrow('no');
    await expect(ask(failing({}))).rejects.toThrow('no');
    const rejecting = tellersWith(async () => ({
      accepted: 0,
      duplicate: 0,
      rejected: 1,
      results: [{ status: 'rejected', path: 'sha', reason: 'is no sha' }],
    }));
    expect(await ask(rejecting)).toEqual({
      refused: expect.stringContaining('is no sha'),
    });
  });

  it('hands on events of this plugin in their shape only', async () => {
    const tellers = tellersWith(fakeDelivery().tell);
    const payload = { topic: 'provisioning.service.retired', event: {} };
    await expect(tellers.byKind.event(payload, 'm2')).rejects.toThrow();
  });
});
