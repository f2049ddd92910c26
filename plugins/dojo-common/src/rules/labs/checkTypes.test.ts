import { asksOf, CHECK_TYPES } from './checkTypes';

it('has a name for every check the design knows', () => {
  expect(Object.keys(CHECK_TYPES).sort()).toEqual(
    [
      'answer-live',
      'catalog-entity',
      'ci-run',
      'cab-change',
      'deployment-event',
      'dora-metric',
      'external',
      'gitops-app',
      'http-probe',
      'incident',
      'k8s-resource',
      'mentoring',
      'peer-review',
      'practice-service',
      'pull-request',
      'repo-file',
      'scaffolder-task',
      'security-scan',
      'slo',
      'visited',
    ].sort(),
  );
});

it.each([
  ['answer-live', { fact: 'owner' }, 'text'],
  ['answer-live', { fact: 'change-fail-rate' }, 'number'],
  ['http-probe', {}, 'address'],
  ['http-probe', { url: 'https://a.example/' }, undefined],
  ['visited', { path: '/catalog' }, undefined],
  ['practice-service', {}, undefined],
  ['deployment-event', { kind: 'rollback', window: 'run' }, undefined],
])('%s with %p asks for %p', (type, params, asks) => {
  expect(CHECK_TYPES[type].params.safeParse(params).success).toBe(true);
  expect(asksOf(type, params)).toBe(asks);
});

it.each<[string, object]>([
  ['answer-live', { fact: 'colour' }],
  ['answer-live', { fact: 'owner', entity: 'payments' }],
  ['answer-live', { fact: 'change-fail-rate', days: '400' }],
  ['practice-service', { owner: 'group:default/a' }],
  ['deployment-event', { kind: 'delete' }],
  ['deployment-event', { window: 'ever' }],
  ['visited', { path: 'https://elsewhere.example' }],
  ['visited', { path: '//elsewhere.example' }],
  ['http-probe', { url: 'file:///etc/passwd' }],
  ['dora-metric', { metric: 'deployments', min: '3' }],
])('%s refuses %p', (type, params) => {
  expect(CHECK_TYPES[type].params.safeParse(params).success).toBe(false);
});
