import {
  claimsOf,
  example,
  map,
  resolveOne,
  type Payload,
} from '../__testUtils__/examples';

const mergeSha = 'c4295bd74fb0f4fda03689c3df3f2803b658fd85';

function told(action: string, edits: Payload = {}) {
  return claimsOf(
    map(
      'pull_request',
      example('pull_request', { pull_request: edits }, action),
    ),
  );
}

/**
 * The published examples hold no merged pull request: this is the published
 * `closed` one with two fields edited, `merged` and `merged_at`.
 */
const merged = () =>
  told('closed', { merged: true, merged_at: '2019-05-15T15:21:18Z' });

/**
 * The only published reviewer is the author: these are the published review
 * with two fields edited, the reviewer and the state.
 */
function reviewed(state: string, submitted_at: string, edits: Payload = {}) {
  return map(
    'pull_request_review',
    example('pull_request_review', {
      review: { state, submitted_at, user: { login: 'hubot', type: 'User' } },
      ...edits,
    }),
  );
}

describe('pull_request', () => {
  it('tells an opened one', () => {
    expect(resolveOne(told('opened'))).toEqual({
      type: 'change',
      kind: 'pull_request',
      source: 'github.com/codertocat',
      id: 'Codertocat/Hello-World#2',
      occurredAt: '2019-05-15T15:20:33.000Z',
      repository: 'github.com/codertocat/hello-world',
      number: 2,
      openedAt: '2019-05-15T15:20:33.000Z',
      readyAt: '2019-05-15T15:20:33.000Z',
      baseBranch: 'master',
      headBranch: 'changes',
      headSha: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821',
      labels: [],
      additions: 1,
      deletions: 1,
      bot: false,
      title: 'Update the README with new information.',
      url: 'https://github.com/Codertocat/Hello-World/pull/2',
    });
  });

  it.each([
    ['Reverts Codertocat/Hello-World#4', 4],
    ['Reverts #4', 4],
    ['Reverts acme/pay#4', undefined],
    ['It reverts #4 in part', undefined],
  ])('sees in %s what it takes back', (body, number) => {
    const record: object = resolveOne(told('opened', { body }));
    expect((record as { reverts?: number }).reverts).toBe(number);
  });

  it('says whose fork its branch is in', () => {
    const head = {
      sha: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821',
      ref: 'changes',
      label: 'somebody:changes',
    };
    for (const repo of [null, { full_name: 'somebody/Hello-World' }]) {
      expect(
        resolveOne(told('opened', { head: { ...head, repo } })),
      ).toMatchObject({ headBranch: 'somebody:changes' });
    }
  });

  it('names the merge commit only once it is merged', () => {
    expect(resolveOne(told('closed'))).toMatchObject({
      closedAt: '2019-05-15T15:21:18.000Z',
    });
    expect(resolveOne(told('closed'))).not.toHaveProperty('mergeSha');
    expect(resolveOne([...told('opened'), ...merged()])).toMatchObject({
      mergedAt: '2019-05-15T15:21:18.000Z',
      closedAt: '2019-05-15T15:21:18.000Z',
      mergeSha,
    });
  });

  it('tells the whole story in any order', () => {
    const story = [
      ...told('opened', { draft: true }),
      ...told('ready_for_review', { updated_at: '2019-05-15T15:20:40Z' }),
      ...claimsOf(reviewed('commented', '2019-05-15T15:20:50Z')),
      ...claimsOf(reviewed('approved', '2019-05-15T15:21:00Z')),
      ...claimsOf(reviewed('approved', '2019-05-15T15:21:05Z')),
      ...merged(),
    ];
    const expected = {
      openedAt: '2019-05-15T15:20:33.000Z',
      readyAt: '2019-05-15T15:20:40.000Z',
      firstReviewAt: '2019-05-15T15:20:50.000Z',
      approvedAt: '2019-05-15T15:21:00.000Z',
      mergedAt: '2019-05-15T15:21:18.000Z',
    };
    expect(resolveOne(story)).toMatchObject(expected);
    expect(resolveOne(story.reverse())).toMatchObject(expected);
  });

  it('takes the closing back when it is reopened', () => {
    const story = [
      ...told('opened'),
      ...told('closed'),
      ...told('reopened', { updated_at: '2019-05-15T15:30:00Z' }),
    ];
    for (const order of [story, [...story].reverse()]) {
      expect(resolveOne(order)).not.toHaveProperty('closedAt');
      expect(resolveOne(order)).toMatchObject({
        readyAt: '2019-05-15T15:20:33.000Z',
      });
    }
  });

  it.each<[string | null, string[] | undefined]>([
    ['Fixes #12', ['Codertocat/Hello-World#12']],
    [
      'closes: acme/pay#3, resolves #4',
      ['acme/pay#3', 'Codertocat/Hello-World#4'],
    ],
    ['Fixed https://github.com/acme/pay/issues/5', ['acme/pay#5']],
    ['fixes #1 and fixes #1', ['Codertocat/Hello-World#1']],
    ['prefixes #1, see #2', undefined],
    [null, undefined],
  ])('reads the work items of %j', (body, workItems) => {
    const fact = resolveOne(told('opened', { body }));
    expect('workItems' in fact ? fact.workItems : undefined).toEqual(workItems);
  });

  it('reads a hostile body in no time', () => {
    const body = `fixes ${'\t'.repeat(60_000)}${'a.'.repeat(60_000)}`;
    expect(resolveOne(told('opened', { body }))).not.toHaveProperty(
      'workItems',
    );
  });

  it('keeps labels, and tells apps from people', () => {
    expect(
      resolveOne(
        told('opened', {
          labels: [{ name: 'bug' }, { name: '' }, { name: 'x'.repeat(300) }],
          user: { login: 'renovate[bot]', type: 'Bot' },
        }),
      ),
    ).toMatchObject({ labels: ['bug', 'x'.repeat(200)], bot: true });
  });

  it('cuts a long title between characters', () => {
    expect(
      resolveOne(told('opened', { title: `${'x'.repeat(511)}😀` })),
    ).toMatchObject({ title: 'x'.repeat(511) });
  });

  it('rejects a pull request without a head', () => {
    expect(
      map(
        'pull_request',
        example('pull_request', { pull_request: { head: null } }),
      ),
    ).toMatchObject({
      outcome: 'rejected',
      fault: { path: 'pull_request.head' },
    });
  });
});

describe('pull_request_review', () => {
  it('counts other people only', () => {
    expect(map('pull_request_review', example('pull_request_review'))).toEqual({
      outcome: 'ignored',
      reason: 'GitHub event pull_request_review is the author’s own',
    });
    expect(
      reviewed('approved', '2019-05-15T15:21:00Z', {
        review: {
          state: 'approved',
          submitted_at: '2019-05-15T15:21:00Z',
          user: { login: 'copilot[bot]', type: 'Bot' },
        },
      }),
    ).toMatchObject({ outcome: 'ignored' });
  });

  it('waits for a review that is not submitted', () => {
    expect(
      map(
        'pull_request_review',
        example('pull_request_review', { review: { submitted_at: null } }),
      ),
    ).toMatchObject({ outcome: 'ignored' });
  });

  it.each(['commented', 'changes_requested', 'dismissed'])(
    'takes %s for a look, not for approval',
    state => {
      const fact = resolveOne(
        claimsOf(reviewed(state, '2019-05-15T15:21:00Z')),
      );
      expect(fact).toHaveProperty('firstReviewAt');
      expect(fact).not.toHaveProperty('approvedAt');
    },
  );
});
