import fc from 'fast-check';
import { REQUEST_STATES, SERVICE_STATES } from '../contract';
import {
  countsAsRunning,
  countsForOwner,
  DEFAULT_LIMITS,
  fullQuota,
  quotasOf,
  quotaWords,
  type CountedRequest,
} from './quota';

const request = (other: Partial<CountedRequest> = {}): CountedRequest => ({
  owner: 'group:default/a',
  state: 'ready',
  service: 'healthy',
  type: 'api',
  host: 'local',
  ...other,
});

it('counts for its owner until nothing is left of it', () => {
  expect(
    REQUEST_STATES.filter(state => !countsForOwner(request({ state }))),
  ).toEqual(['destroyed', 'forgotten']);
});

it.each<[string, Partial<CountedRequest>, boolean]>([
  ['a healthy one', {}, true],
  ['one that starts', { service: 'starting' }, true],
  ['an unhealthy one: its process is there', { service: 'unhealthy' }, true],
  ['a stopped one', { service: 'stopped' }, false],
  ['one that a run will start', { state: 'accepted', service: 'none' }, true],
  [
    'one that failed before it started',
    { state: 'failed', service: 'none' },
    false,
  ],
  [
    'one that is being taken down and stopped',
    { state: 'destroying', service: 'none' },
    false,
  ],
  [
    'a stopped one that is updated',
    { state: 'updating', service: 'stopped' },
    false,
  ],
  ['a library', { type: 'library', service: 'none', state: 'running' }, false],
  [
    'one on GitHub',
    { host: 'github', service: 'none', state: 'running' },
    false,
  ],
])('%s runs here: %s', (_, other, counts) => {
  expect(countsAsRunning(request(other))).toBe(counts);
});

it('says who holds what, most first', () => {
  const b = { owner: 'group:default/b' };
  const { owner, running } = quotasOf(
    'group:default/a',
    [
      request(),
      request({ service: 'stopped' }),
      request(b),
      request(b),
      request({ state: 'destroyed', service: 'none' }),
    ],
    { perOwner: 2, running: 5 },
  );

  expect(owner).toEqual({
    kind: 'owner',
    limit: 2,
    used: 2,
    holders: [{ who: 'group:default/a', count: 2 }],
  });
  expect(running).toMatchObject({
    used: 3,
    holders: [
      { who: 'group:default/b', count: 2 },
      { who: 'group:default/a', count: 1 },
    ],
  });
  expect(fullQuota([running, owner])).toBe(owner);
  expect(quotaWords(owner, 'group:default/a').text).toBe(
    'group:default/a holds 2 of 2 services; take one down first',
  );
  expect(quotaWords(running, 'group:default/a').text).toContain('3 of 5');
});

it('lets in exactly as many as there is room for', () => {
  const owners = ['group:default/a', 'group:default/b'];
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...owners), { maxLength: 40 }),
      fc.integer({ min: 0, max: 8 }),
      fc.integer({ min: 0, max: 12 }),
      (wishes, perOwner, running) => {
        const admitted: CountedRequest[] = [];
        for (const owner of wishes) {
          const quotas = quotasOf(owner, admitted, { perOwner, running });
          if (!fullQuota([quotas.owner, quotas.running])) {
            admitted.push(
              request({ owner, state: 'accepted', service: 'none' }),
            );
          }
        }
        const wished = (owner: string) =>
          wishes.filter(o => o === owner).length;
        const room = owners.reduce(
          (sum, o) => sum + Math.min(wished(o), perOwner),
          0,
        );

        expect(admitted).toHaveLength(Math.min(room, running));
      },
    ),
  );
});

it('counts every state of a service one way or the other', () => {
  for (const service of SERVICE_STATES) {
    expect(typeof countsAsRunning(request({ service }))).toBe('boolean');
  }
  expect(DEFAULT_LIMITS).toEqual({ perOwner: 20, running: 10 });
});
