import { nextShapes, outgrows } from '@internal/hostile-text';
import { cdevent, map, type Json } from './__testUtils__/fixtures';
import { parseCloudEvents } from './parseCloudEvent';
import { provenanceOf } from './purl';
import { repositoryOf } from './repository';

/** A body holds 5 MiB at most; the soak goes to one of them. */
const LONGEST = process.env.FAWKES_RUNS ? 1_048_576 : 16_384;
// Thousands of measurements on two busy cores: slow is not broken.
jest.setTimeout(600_000);
/** All headers of a request together. */
const LONGEST_HEADER = 16_384;

const slowOnes = (run: (text: string) => unknown, longest = LONGEST) =>
  nextShapes().flatMap(shape => outgrows(run, shape, longest) ?? []);

const envelope = {
  specversion: '1.0',
  id: '1',
  source: '/ci',
  type: 'dev.cdevents.service.deployed.0.3.0',
  data: cdevent('service.deployed'),
};

describe('an attribute takes time in proportion to its length:', () => {
  it.each([
    ...['specversion', 'id', 'source', 'type', 'subject', 'time', 'ext'],
    ...['datacontenttype', 'dataschema', 'data', 'data_base64'],
  ])('%s of a body', name => {
    const read = (text: string) =>
      parseCloudEvents(
        { 'content-type': 'application/cloudevents+json' },
        { ...envelope, [name]: text },
      );
    expect(slowOnes(read)).toEqual([]);
  });

  it.each([
    ...['ce-specversion', 'ce-id', 'ce-source', 'ce-type', 'ce-subject'],
    ...['ce-time', 'ce-dataschema', 'ce-ext', 'content-type'],
  ])('the header %s', name => {
    const read = (text: string) =>
      parseCloudEvents(
        {
          'ce-specversion': '1.0',
          'ce-id': '1',
          'ce-source': '/ci',
          'ce-type': envelope.type,
          [name]: text,
        },
        envelope.data,
      );
    expect(slowOnes(read, LONGEST_HEADER)).toEqual([]);
  });
});

/** Text in what a CDEvent says, by where it is. */
const places: Array<
  [name: string, event: string, put: (text: string) => Json]
> = [
  ...['specversion', 'id', 'source', 'type', 'timestamp'].map(
    (field): [string, string, (text: string) => Json] => [
      `context.${field}`,
      'service.deployed',
      text => ({ context: { [field]: text } }),
    ],
  ),
  ...['id', 'source'].map((field): [string, string, (text: string) => Json] => [
    `subject.${field}`,
    'change.merged',
    text => ({ subject: { [field]: text } }),
  ]),
  [
    'environment',
    'service.deployed',
    text => ({ subject: { content: { environment: { id: text } } } }),
  ],
  [
    'artifactId',
    'service.deployed',
    text => ({ subject: { content: { artifactId: text } } }),
  ],
  ...['id', 'source'].map((field): [string, string, (text: string) => Json] => [
    `repository.${field}`,
    'change.created',
    text => ({
      subject: { id: '42', content: { repository: { [field]: text } } },
    }),
  ]),
  [
    'description',
    'change.created',
    text => ({ subject: { id: '42', content: { description: text } } }),
  ],
  ...['description', 'ticketURI', 'artifactId'].map(
    (field): [string, string, (text: string) => Json] => [
      `incident ${field}`,
      'incident.detected',
      text => ({ subject: { content: { [field]: text } } }),
    ],
  ),
  ...['summary', 'ticketType', 'group', 'uri'].map(
    (field): [string, string, (text: string) => Json] => [
      `ticket ${field}`,
      'ticket.created',
      text => ({ subject: { content: { [field]: text } } }),
    ],
  ),
  ...['service', 'repository', 'sha', 'version', 'url', 'startedAt'].map(
    (field): [string, string, (text: string) => Json] => [
      `customData.delivery.${field}`,
      'service.deployed',
      text => ({ customData: { delivery: { [field]: text } } }),
    ],
  ),
];

describe('text in a CDEvent takes time in proportion to its length:', () => {
  it.each(places)('%s of %s', (_, event, put) => {
    expect(slowOnes(text => map(cdevent(event, put(text))))).toEqual([]);
  });

  it('a purl', () => {
    expect(slowOnes(provenanceOf)).toEqual([]);
    expect(slowOnes(text => provenanceOf(`pkg:${text}`))).toEqual([]);
    expect(slowOnes(text => provenanceOf(`pkg:oci/a?vcs_url=${text}`))).toEqual(
      [],
    );
  });

  it('a repository', () => {
    expect(slowOnes(id => repositoryOf({ id, source: 'h.io' }))).toEqual([]);
    expect(slowOnes(source => repositoryOf({ id: 'a', source }))).toEqual([]);
  });
});
