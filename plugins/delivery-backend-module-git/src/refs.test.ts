import { parseDeliveryEvent } from '@fawkes/backstage-plugin-delivery-common';
import { parseRefs, releaseClaim } from './refs';

const [a, b, t] = ['a', 'b', 'c'].map(digit => digit.repeat(40));
const tags = /^v\d/;

function line(...fields: string[]) {
  return fields.join('\0');
}

describe('parseRefs', () => {
  it('knows branches, and what release tags name', () => {
    expect(
      parseRefs(
        [
          line('refs/heads/main', 'commit', b, '', '', '9', ''),
          line('refs/heads/feature/x', 'commit', a, '', '', '9', ''),
          line('refs/heads/same', 'commit', a, '', '', '9', ''),
          line('refs/tags/v1', 'commit', a, '', '', '10', ''),
          line('refs/tags/v2', 'tag', t, 'commit', b, '20', '19'),
          line('refs/tags/v3', 'tag', t, 'commit', b, '', '19'),
          line('refs/tags/v4', 'tree', t, '', '', '', ''),
          line('refs/tags/v5', 'tag', t, 'tree', t, '20', ''),
          line('refs/tags/v6', 'tag', t, 'tag', t, '20', ''),
          line('refs/tags/nightly', 'commit', a, '', '', '10', ''),
          '',
        ].join('\n'),
        tags,
      ),
    ).toEqual({
      heads: [a, b],
      releases: [
        { name: 'v1', sha: a, at: 10 },
        { name: 'v2', sha: b, at: 20 },
        { name: 'v3', sha: b, at: 19 },
      ],
    });
  });

  it('knows nothing of an empty repository', () => {
    expect(parseRefs('', tags)).toEqual({ heads: [], releases: [] });
  });
});

describe('releaseClaim', () => {
  const now = Date.parse('2026-06-01T00:00:00Z');
  const repository = {
    repository: 'github.com/acme/pay',
    environment: 'production',
  };

  it('tells a successful deployment', () => {
    const at = Date.parse('2026-01-01T00:00:00Z') / 1_000;
    const { event } = releaseClaim({ name: 'v1', sha: a, at }, repository, now);
    expect(event).toEqual({
      type: 'deployment',
      source: 'github.com/acme/pay',
      id: 'v1',
      occurredAt: '2026-01-01T00:00:00.000Z',
      environment: 'production',
      status: 'success',
      finishedAt: '2026-01-01T00:00:00.000Z',
      repository: 'github.com/acme/pay',
      sha: a,
      version: 'v1',
    });
    expect(parseDeliveryEvent(event, now)).toEqual({ ok: true, event });
  });

  it('brings a time in the future back to now', () => {
    const release = { name: 'v1', sha: a, at: 4_000_000_000 };
    expect(releaseClaim(release, repository, now)).toMatchObject({
      event: { finishedAt: '2026-06-01T00:00:00.000Z' },
    });
  });
});
