import { SOURCE } from '../__testUtils__/events';
import {
  cdevent,
  claimsOf,
  map,
  resolveOne,
  type Json,
} from '../__testUtils__/fixtures';

const sha = '0123456789012345678901234567890123456789';

function change(predicate: string, minute: number, edits: Json = {}): Json {
  const timestamp = `2025-09-03T09:${String(minute).padStart(2, '0')}:00Z`;
  return cdevent(`change.${predicate}`, {
    context: { timestamp },
    ...edits,
  });
}

describe('change', () => {
  const delivery = { headSha: sha, baseBranch: 'main', commits: [sha] };
  const story = claimsOf(
    change('created', 0, { customData: { delivery } }),
    change('updated', 1, { customData: { delivery: { labels: ['x'] } } }),
    change('reviewed', 2),
    change('reviewed', 3),
    change('merged', 4, { customData: { delivery: { mergeSha: sha } } }),
  );

  it.each([
    ['in order', story],
    ['in reverse', [...story].reverse()],
  ])('tells a pull request in parts, %s', (_, claims) => {
    expect(resolveOne(claims)).toEqual({
      status: 'known',
      record: {
        type: 'change',
        kind: 'pull_request',
        source: SOURCE,
        id: '42',
        occurredAt: '2025-09-03T09:04:00.000Z',
        repository: 'git.acme.example/acme/parcels',
        number: 42,
        openedAt: '2025-09-03T09:00:00.000Z',
        firstReviewAt: '2025-09-03T09:02:00.000Z',
        mergedAt: '2025-09-03T09:04:00.000Z',
        closedAt: '2025-09-03T09:04:00.000Z',
        headSha: sha,
        mergeSha: sha,
        baseBranch: 'main',
        commits: [sha],
        labels: ['x'],
        title: 'Lighter labels',
      },
    });
  });

  it('tells an abandoned one', () => {
    expect(claimsOf(change('abandoned', 5))).toMatchObject([
      { fields: { closedAt: '2025-09-03T09:05:00.000Z' } },
    ]);
  });

  it('stays incomplete without a head: CDEvents has no place for one', () => {
    expect(resolveOne(claimsOf(change('created', 0)))).toEqual({
      status: 'incomplete',
      missing: ['headSha'],
    });
  });

  it.each([
    ['42', 42],
    ['#42', 42],
    ['!42', 42],
    ['PR-42', 42],
    ['pr42', 42],
    ['https://github.com/acme/pay/pull/42', 42],
    ['acme/pay!42', 42],
  ])('reads the number of %s', (id, number) => {
    expect(claimsOf(change('merged', 0, { subject: { id } }))).toMatchObject([
      { fields: { number } },
    ]);
  });

  it.each<[string, Json]>([
    [
      'an id without a number',
      change('merged', 0, { subject: { id: 'lighter-labels' } }),
    ],
    ['a Gerrit change id', change('merged', 0, { subject: { id: `I${sha}` } })],
    [
      'no repository',
      change('merged', 0, { subject: { content: { repository: null } } }),
    ],
    [
      'a repository without owner',
      change('merged', 0, {
        subject: { content: { repository: { id: 'pay', source: null } } },
      }),
    ],
    ['nothing to keep', change('updated', 0)],
  ])('ignores %s', (_, event) => {
    expect(map(event)).toMatchObject({ outcome: 'ignored' });
  });

  it('rejects a number no forge gives', () => {
    expect(
      map(change('merged', 0, { subject: { id: '9999999999' } })),
    ).toMatchObject({ outcome: 'rejected', fault: { path: 'number' } });
  });
});
