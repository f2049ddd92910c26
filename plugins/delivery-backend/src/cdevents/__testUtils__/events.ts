/** JSON as an event carries it. */
export type Json = { [field: string]: unknown };

/** When each event of {@link events} happened, and who told it. */
export const AT = '2025-09-03T09:15:00Z';
export const SOURCE = '/pipelines/parcels';

/** What was deployed, and what the incident happened to. */
export const ARTIFACT = `pkg:oci/parcels@sha256%3A${'5e'.repeat(32)}`;

const environment = { id: 'production', source: '/clusters/north' };
const repository = { id: 'acme/parcels', source: 'https://git.acme.example' };
const run = { id: 'run-7', source: '/runners/4' };
const testCase = { id: 'label-has-weight', version: '3', type: 'unit' };
const testSuite = { id: 'labels', version: '3', name: 'Labels' };
const trigger = { type: 'pipeline', uri: 'https://ci.acme.example/runs/7' };
const home = {
  name: 'parcels',
  owner: 'acme',
  uri: 'https://git.acme.example/acme/parcels',
  viewUrl: 'https://git.acme.example/acme/parcels/tree',
};
const pipeline = { pipelineName: 'ship', uri: trigger.uri };
const task = { taskName: 'pack', uri: `${trigger.uri}/pack`, pipelineRun: run };
const outage = { environment, service: { id: 'parcels' } };
const ticket = {
  summary: 'Labels are printed twice',
  ticketType: 'bug',
  group: 'group:default/parcels',
  creator: 'Nobody In Particular',
  assignees: ['Somebody Else'],
  priority: 'low',
  labels: ['printing'],
  milestone: 'spring',
  uri: 'https://tickets.acme.example/P-31',
};

/** Subjects as CDEvents 0.5 has them: id, then predicate, version and content. */
const SUBJECTS: Record<string, [id: string, ...[string, string, Json][]]> = {
  artifact: [
    ARTIFACT,
    ['packaged', '0.3.0', { change: { id: '42', source: SOURCE } }],
    ['signed', '0.3.0', { signature: 'bm90IGEgc2lnbmF0dXJl' }],
    ['published', '0.3.0', { user: 'shipper' }],
    ['downloaded', '0.2.0', { user: 'receiver' }],
    ['deleted', '0.2.0', { user: 'cleaner' }],
  ],
  branch: [
    'lighter-labels',
    ['created', '0.3.0', { repository }],
    ['deleted', '0.3.0', { repository }],
  ],
  build: [
    'build-7',
    ['queued', '0.3.0', {}],
    ['started', '0.3.0', {}],
    ['finished', '0.3.0', { artifactId: ARTIFACT }],
  ],
  change: [
    '42',
    ['created', '0.4.0', { description: 'Lighter labels', repository }],
    ['reviewed', '0.3.0', { repository }],
    ['updated', '0.3.0', { repository }],
    ['merged', '0.3.0', { repository }],
    ['abandoned', '0.3.0', { repository }],
  ],
  environment: [
    'production',
    ['created', '0.3.0', { name: 'production', uri: 'https://acme.example' }],
    ['modified', '0.3.0', { name: 'production', uri: 'https://acme.example' }],
    ['deleted', '0.3.0', { name: 'production' }],
  ],
  incident: [
    'outage-9',
    [
      'detected',
      '0.3.0',
      { ...outage, description: 'Labels take a minute', artifactId: ARTIFACT },
    ],
    [
      'reported',
      '0.3.0',
      {
        ...outage,
        description: 'Labels take a minute',
        artifactId: ARTIFACT,
        ticketURI: 'https://tickets.acme.example/P-32',
      },
    ],
    [
      'resolved',
      '0.3.0',
      {
        ...outage,
        description: 'Labels are quick again',
        artifactId: `pkg:oci/parcels@sha256%3A${'a1'.repeat(32)}`,
      },
    ],
  ],
  pipelinerun: [
    'run-7',
    ['queued', '0.3.0', pipeline],
    ['started', '0.3.0', pipeline],
    ['finished', '0.3.0', { ...pipeline, outcome: 'error', errors: 'No disk' }],
  ],
  repository: [
    'acme/parcels',
    ['created', '0.3.0', home],
    ['modified', '0.3.0', home],
    ['deleted', '0.3.0', home],
  ],
  service: [
    'parcels',
    ['deployed', '0.3.0', { environment, artifactId: ARTIFACT }],
    ['upgraded', '0.3.0', { environment, artifactId: ARTIFACT }],
    ['rolledback', '0.3.0', { environment, artifactId: ARTIFACT }],
    ['published', '0.3.0', { environment }],
    ['removed', '0.3.0', { environment }],
  ],
  taskrun: [
    'pack-7',
    ['started', '0.3.0', task],
    ['finished', '0.3.0', { ...task, outcome: 'success' }],
  ],
  testcaserun: [
    'label-has-weight-7',
    ['queued', '0.3.0', { environment, testCase, trigger }],
    ['started', '0.3.0', { environment, testCase, trigger }],
    ['finished', '0.3.0', { environment, testCase, outcome: 'success' }],
    ['skipped', '0.2.0', { environment, testCase, reason: 'No scales here' }],
  ],
  testoutput: [
    'label-log-7',
    [
      'published',
      '0.3.0',
      { outputType: 'log', format: 'text/plain', testCaseRun: run },
    ],
  ],
  testsuiterun: [
    'labels-7',
    ['queued', '0.3.0', { environment, testSuite, trigger }],
    ['started', '0.3.0', { environment, testSuite, trigger }],
    [
      'finished',
      '0.3.0',
      { environment, testSuite, outcome: 'failure', severity: 'low' },
    ],
  ],
  ticket: [
    'P-31',
    ['created', '0.2.0', ticket],
    ['updated', '0.2.0', { ...ticket, updatedBy: 'Somebody Else' }],
    ['closed', '0.2.0', { ...ticket, resolution: 'completed' }],
  ],
};

/** One event of every type of CDEvents 0.5, by `<subject>.<predicate>`. */
export const events: ReadonlyMap<string, Json> = new Map(
  Object.entries(SUBJECTS).flatMap(([subject, [id, ...predicates]]) =>
    predicates.map(([predicate, version, content]): [string, Json] => [
      `${subject}.${predicate}`,
      {
        context: {
          specversion: '0.5.1',
          id: `${subject}-${predicate}-1`,
          source: SOURCE,
          type: `dev.cdevents.${subject}.${predicate}.${version}`,
          timestamp: AT,
          chainId: 'chain-7',
          links: [{ linkType: 'END', from: { contextId: 'build-finished-1' } }],
        },
        subject: { id, source: SOURCE, content },
        customData: { lane: 'express' },
        customDataContentType: 'application/json',
      },
    ]),
  ),
);
