import { nextShapes, outgrows } from '@internal/hostile-text';
import { example, map, type Payload } from './__testUtils__/examples';

/** A webhook holds 5 MiB at most; the soak goes to one of them. */
const LONGEST = process.env.FAWKES_RUNS ? 1_048_576 : 32_768;
// Thousands of measurements on two busy cores: slow is not broken.
jest.setTimeout(600_000);

type Place = [name: string, put: (text: string) => unknown];

/** Fields of one object in the payload of an event. */
function fieldsOf(
  event: string,
  part: string,
  fields: string[],
  others: Payload = {},
): Place[] {
  return fields.map(field => [
    `${part}.${field}`,
    text =>
      map(event, example(event, { [part]: { ...others, [field]: text } })),
  ]);
}

/** Everything a mapper reads that people write, with the text in its place. */
const places: Place[] = [
  ...fieldsOf('push', 'repository', ['full_name', 'html_url']),
  ...fieldsOf('deployment', 'deployment', [
    ...['ref', 'task', 'environment', 'sha', 'payload', 'created_at'],
  ]),
  [
    'deployment.creator.login',
    text =>
      map(
        'deployment',
        example('deployment', { deployment: { creator: { login: text } } }),
      ),
  ],
  ...fieldsOf('deployment_status', 'deployment_status', [
    ...['state', 'environment', 'log_url', 'target_url'],
  ]),
  ...fieldsOf('issues', 'issue', ['body', 'title', 'html_url', 'updated_at'], {
    labels: [{ name: 'incident' }],
  }),
  ...fieldsOf('pull_request', 'pull_request', [
    ...['body', 'title', 'html_url', 'merge_commit_sha', 'closed_at'],
  ]),
  [
    'issue.labels',
    text =>
      map('issues', example('issues', { issue: { labels: [{ name: text }] } })),
  ],
  [
    'label.name',
    text =>
      map(
        'issues',
        example('issues', {
          action: 'unlabeled',
          label: { name: text },
          issue: { labels: [] },
        }),
      ),
  ],
  [
    'pull_request.user.login',
    text =>
      map(
        'pull_request',
        example('pull_request', { pull_request: { user: { login: text } } }),
        { identityKey: 'a key of sixteen characters' },
      ),
  ],
  ['push.ref', text => map('push', example('push', { ref: text }))],
  ...['message', 'url', 'id', 'timestamp'].map(
    (field): Place => [
      `push.commits.${field}`,
      text => map('push', pushed({ [field]: text })),
    ],
  ),
  ['push.commits.added', text => map('push', pushed({ added: [text, 'a'] }))],
  ['headers.x-github-event', text => map(text, {})],
];

function pushed(edits: Payload): Payload {
  return example('push', {
    ref: 'refs/heads/main',
    commits: [
      {
        id: 'a'.repeat(40),
        timestamp: '2019-05-15T15:20:40Z',
        message: 'Mend it',
        url: 'https://github.com/acme/shop/commit/a',
        author: { username: 'octocat' },
        added: [],
        modified: [],
        removed: [],
        ...edits,
      },
    ],
  });
}

describe('text in webhooks takes time in proportion to its length:', () => {
  it.each(places)('%s', (_, put) => {
    const slow = nextShapes().flatMap(
      shape => outgrows(put, shape, LONGEST) ?? [],
    );
    expect(slow).toEqual([]);
  });
});

it('a configured pattern sees no more of a name than its beginning', () => {
  const lengths: number[] = [];
  const pattern = /x/;
  jest.spyOn(pattern, 'test').mockImplementation(text => {
    lengths.push(text.length);
    return false;
  });
  const options = {
    incidentLabel: pattern,
    hotfixRef: pattern,
    rollbackTask: pattern,
  };
  const long = 'a'.repeat(100_000);
  const deployment = { ref: long, task: long };
  map('deployment', example('deployment', { deployment }), options);
  map(
    'issues',
    example('issues', {
      action: 'unlabeled',
      label: { name: long },
      issue: { labels: [{ name: long }] },
    }),
    options,
  );
  expect(lengths).toEqual([512, 512, 200, 200]);
});
