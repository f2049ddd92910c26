import { cdevent, claimsOf, map, resolveOne } from '../__testUtils__/fixtures';

const artifact =
  'pkg:oci/myapp@sha256%3A0b31b1c02ff458ad9b7b81cbdf8f028bd54699fa151f221d1e8de6817db93427';

const later = { context: { timestamp: '2022-11-11T14:00:00Z' } };

describe('incident', () => {
  const story = claimsOf(
    cdevent('incident_detected'),
    cdevent('incident_reported', {
      context: { timestamp: '2022-11-11T13:55:00Z' },
    }),
    cdevent('incident_resolved', later),
  );

  it.each([
    ['in order', story],
    ['in reverse', [...story].reverse()],
    ['twice', [...story, ...story]],
  ])('opens at the first sign and ends when resolved, told %s', (_, claims) => {
    expect(resolveOne(claims)).toEqual({
      status: 'known',
      record: {
        type: 'incident',
        source: '/monitoring/prod1',
        id: 'incident-123',
        occurredAt: '2022-11-11T14:00:00.000Z',
        openedAt: '2022-11-11T13:52:20.079Z',
        resolvedAt: '2022-11-11T14:00:00.000Z',
        title: 'Response time above threshold of 100ms',
        causedBy: artifact,
        url: 'https://my-issues.example/incidents/ticket-345',
      },
    });
  });

  it('is known by who made its id, whoever tells it', () => {
    expect(
      claimsOf(
        cdevent('incident_reported', { context: { source: '/tickets' } }),
      ),
    ).toMatchObject([{ source: '/monitoring/prod1', id: 'incident-123' }]);
  });

  it('waits for its beginning', () => {
    expect(resolveOne(claimsOf(cdevent('incident_resolved')))).toEqual({
      status: 'incomplete',
      missing: ['openedAt'],
    });
  });

  it('takes the service where it is an entity ref, and fields we own', () => {
    expect(
      claimsOf(
        cdevent('incident_detected', {
          subject: { content: { service: { id: 'component:default/pay' } } },
          customData: { delivery: { severity: 'sev1' } },
        }),
      ),
    ).toMatchObject([
      { fields: { service: 'component:default/pay', severity: 'sev1' } },
    ]);
  });

  it('rejects a cause that does not fit', () => {
    expect(
      map(
        cdevent('incident_detected', {
          subject: { content: { artifactId: 'x'.repeat(1025) } },
        }),
      ),
    ).toMatchObject({ outcome: 'rejected', fault: { path: 'causedBy' } });
  });
});
