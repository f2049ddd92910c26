import {
  example,
  examples,
  claimsOf,
  map,
  resolveOne,
} from '../__testUtils__/examples';

const branchPush = examples.find(
  ({ event, payload }) =>
    event === 'push' && payload.ref === 'refs/heads/master',
)!.payload;

const [commit] = branchPush.commits as Record<string, unknown>[];

/** What a push tells of commits, without itself. */
const commitsOf = (mapped: Parameters<typeof claimsOf>[0]) =>
  claimsOf(mapped).filter(claim => claim.claim === 'partial');

describe('push', () => {
  it('tells commits as far as GitHub knows them', () => {
    const claims = commitsOf(map('push', branchPush));
    expect(resolveOne(claims)).toEqual({
      type: 'change',
      kind: 'commit',
      source: 'github.com/codertocat',
      id: commit.id,
      occurredAt: '2019-05-15T15:20:57.000Z',
      repository: 'github.com/codertocat/hello-world',
      sha: commit.id,
      authoredAt: '2019-05-15T15:19:25.000Z',
      committedAt: '2019-05-15T15:19:25.000Z',
      pushedAt: '2019-05-15T15:20:57.000Z',
      paths: ['README.md'],
      title: 'Initial commit',
      url: commit.url,
    });
    expect(claims[0]).not.toHaveProperty('fields.parents');
  });

  it('gives way to git on the author date and keeps the first push', () => {
    const again = {
      ...branchPush,
      ref: 'refs/heads/release',
      repository: {
        ...(branchPush.repository as object),
        pushed_at: '2019-06-01T00:00:00Z',
      },
    };
    const fact = resolveOne([
      ...commitsOf(map('push', branchPush)),
      ...commitsOf(map('push', again)),
      {
        claim: 'whole',
        event: {
          type: 'change',
          kind: 'commit',
          source: 'github.com/codertocat/hello-world',
          id: String(commit.id),
          occurredAt: '2019-05-15T15:19:25.000Z',
          repository: 'github.com/codertocat/hello-world',
          sha: String(commit.id),
          parents: [],
          authoredAt: '2019-05-14T00:00:00.000Z',
          committedAt: '2019-05-15T15:19:25.000Z',
        },
      },
    ]);
    expect(fact).toMatchObject({
      parents: [],
      authoredAt: '2019-05-14T00:00:00.000Z',
      pushedAt: '2019-05-15T15:20:57.000Z',
      paths: ['README.md'],
    });
  });

  it('keeps every touched path once, or none where they are too many', () => {
    const paths = (edits: object) =>
      claimsOf(
        map('push', { ...branchPush, commits: [{ ...commit, ...edits }] }),
      )[0];
    expect(
      paths({ added: ['a'], modified: ['b', 'a'], removed: ['c'] }),
    ).toMatchObject({ fields: { paths: ['a', 'b', 'c'] } });
    expect(
      paths({ added: Array.from({ length: 5_001 }, (_, i) => `f${i}`) }),
    ).not.toHaveProperty('fields.paths');
    expect(
      paths({ added: undefined, modified: undefined, removed: undefined }),
    ).not.toHaveProperty('fields.paths');
  });

  it('keeps a hash of the author where a key is configured, and marks bots', () => {
    const [claim] = claimsOf(
      map(
        'push',
        {
          ...branchPush,
          commits: [{ ...commit, author: { username: 'renovate[bot]' } }],
        },
        { identityKey: 'a key of some length' },
      ),
    );
    expect(claim).toMatchObject({
      fields: { bot: true, author: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  it.each([
    ['a tag', example('push', { ref: 'refs/tags/v1' }), 'no branch'],
    ['a deleted branch', { ...branchPush, deleted: true }, 'no commits'],
    [
      'a push of nothing from nowhere',
      { ...branchPush, commits: [], after: undefined },
      'no commits',
    ],
  ])('ignores %s', (_, payload, reason) => {
    expect(map('push', payload)).toMatchObject({
      outcome: 'ignored',
      reason: expect.stringContaining(reason),
    });
  });

  it('rejects a commit that is none', () => {
    const commits = [{ ...commit, id: 'abc' }];
    expect(
      map('push', { ...branchPush, after: undefined, commits }),
    ).toMatchObject({ outcome: 'rejected', fault: { path: 'sha' } });
  });

  it('tells what the branch was, what it is, and what it got', () => {
    const [before, after] = ['a', 'b'].map(letter => letter.repeat(40));
    const pushOf = (edits: Record<string, unknown>) =>
      claimsOf(map('push', { ...branchPush, before, after, ...edits })).find(
        claim => claim.claim === 'whole',
      );
    expect(pushOf({ created: false, forced: false })).toMatchObject({
      event: {
        kind: 'push',
        ref: 'refs/heads/master',
        before,
        after,
        complete: true,
        commits: [commit.id],
      },
    });
    const incomplete = (edits: Record<string, unknown>) => {
      const claim = pushOf({ created: false, forced: false, ...edits });
      return claim?.claim === 'whole' && !('complete' in claim.event);
    };
    expect(incomplete({ forced: true })).toBe(true);
    expect(incomplete({ before: '0'.repeat(40) })).toBe(true);
    expect(incomplete({ commits: Array(2_048).fill(commit) })).toBe(true);
    expect(incomplete({ commits: [{ ...commit, id: 'x' }, commit] })).toBe(
      true,
    );
    expect(pushOf({ created: true, commits: [] })).toBeDefined();
  });

  it('loses only a commit that cannot be read', () => {
    const answer = map('push', {
      ...branchPush,
      commits: [{ ...commit, id: 'x' }, commit],
    });
    expect(answer).toMatchObject({ fault: { path: 'sha' } });
    expect(resolveOne(commitsOf(answer))).toMatchObject({ sha: commit.id });
  });

  it('keeps a commit of a clock that was never set, without a time', () => {
    const zero = { ...commit, timestamp: '1969-12-31T16:00:00-08:00' };
    const told = resolveOne(
      commitsOf(map('push', { ...branchPush, commits: [zero] })),
    );
    expect(told).toMatchObject({ sha: commit.id });
    expect(told).not.toHaveProperty('committedAt');
  });

  it('sees which commit one takes back', () => {
    const reverted = 'c'.repeat(40);
    const message = `Revert "One"\n\nThis reverts commit ${reverted}.`;
    expect(
      resolveOne(
        commitsOf(
          map('push', { ...branchPush, commits: [{ ...commit, message }] }),
        ),
      ),
    ).toMatchObject({ reverts: reverted });
  });
});
