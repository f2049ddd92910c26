import {
  claimsOf,
  example,
  map,
  resolveAll,
  resolveOne,
  type Payload,
} from '../__testUtils__/examples';

const incident = { name: 'Incident' };

/**
 * No published issue carries an incident label: these are the published
 * `opened` one with the action and some fields edited.
 */
function told(action: string, issue: Payload = {}, edits: Payload = {}) {
  return map(
    'issues',
    example(
      'issues',
      {
        action,
        issue: { labels: [incident, { name: 'sev1' }], ...issue },
        ...edits,
      },
      'opened',
    ),
  );
}

const at = (minute: number) =>
  `2019-05-15T16:${String(minute).padStart(2, '0')}:00Z`;

describe('issues', () => {
  it('tells an incident with its cause', () => {
    const body = `It is down.\r\nCaused-by: f95f852bd8fca8fcc58a9a2d6c842781e32a215e \r\nSorry.`;
    expect(resolveOne(claimsOf(told('opened', { body })))).toEqual({
      type: 'incident',
      source: 'github.com/codertocat',
      id: 'Codertocat/Hello-World#1',
      occurredAt: '2019-05-15T15:20:18.000Z',
      repository: 'github.com/codertocat/hello-world',
      openedAt: '2019-05-15T15:20:18.000Z',
      severity: 'sev1',
      title: 'Spelling error in the README file',
      causedBy: 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e',
      url: 'https://github.com/Codertocat/Hello-World/issues/1',
    });
  });

  it.each([
    ['Service: checkout', 'component:default/checkout'],
    ['It is down.\r\nservice: component:shop/cart\r\n', 'component:shop/cart'],
    ['Service: the one for payments', undefined],
    ['Service: !?', undefined],
    ['The service: unknown', undefined],
    [null, undefined],
  ])('reads the service in %j', (body, service) => {
    const fact: Payload = {
      ...resolveOne(claimsOf(told('opened', { body }))),
    };
    expect(fact.service).toBe(service);
  });

  it('opens, closes and reopens in any order', () => {
    const closed = { closed_at: at(1), updated_at: at(1) };
    const story = [
      ...claimsOf(told('opened')),
      ...claimsOf(told('closed', closed)),
    ];
    expect(resolveOne(story)).toMatchObject({
      resolvedAt: '2019-05-15T16:01:00.000Z',
    });
    story.push(...claimsOf(told('reopened', { updated_at: at(2) })));
    expect(resolveOne(story)).not.toHaveProperty('resolvedAt');
    expect(resolveOne(story.reverse())).not.toHaveProperty('resolvedAt');
  });

  it.each([
    [
      'the label is taken off',
      told('unlabeled', { labels: [], updated_at: at(5) }, { label: incident }),
    ],
    ['it is deleted', told('deleted', { updated_at: at(5) })],
    ['it is moved away', told('transferred', { updated_at: at(5) })],
  ])('is taken back when %s', (_, mapped) => {
    const facts = resolveAll([
      ...claimsOf(told('opened')),
      ...claimsOf(mapped),
    ]);
    expect([...facts.values()]).toEqual([{ status: 'deleted' }]);
  });

  it.each([
    ['other labels', told('opened', { labels: [{ name: 'bug' }] })],
    [
      'a label that only resembles it',
      told('opened', { labels: [{ name: 'incidental' }] }),
    ],
    [
      'another label taken off',
      told('unlabeled', { labels: [] }, { label: { name: 'bug' } }),
    ],
    ['no labels at all', told('opened', { labels: null })],
  ])('ignores an issue with %s', (_, mapped) => {
    expect(mapped).toMatchObject({ outcome: 'ignored' });
  });

  it('goes by the configured label', () => {
    const payload = example(
      'issues',
      { issue: { labels: [{ name: 'outage' }] } },
      'opened',
    );
    expect(map('issues', payload, { incidentLabel: /^outage$/ }).outcome).toBe(
      'claims',
    );
  });

  it('rejects an end before the beginning', () => {
    expect(told('closed', { closed_at: '2018-01-01T00:00:00Z' })).toMatchObject(
      {
        outcome: 'rejected',
        fault: { path: 'resolvedAt' },
      },
    );
  });
});
