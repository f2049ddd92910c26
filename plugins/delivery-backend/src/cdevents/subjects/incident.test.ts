import { ARTIFACT, SOURCE } from '../__testUtils__/events';
import { cdevent, claimsOf, map, resolveOne } from '../__testUtils__/fixtures';

const later = { context: { timestamp: '2025-09-03T09:40:00Z' } };

describe('incident', () => {
  const story = claimsOf(
    cdevent('incident.detected'),
    cdevent('incident.reported', {
      context: { timestamp: '2025-09-03T09:20:00Z' },
    }),
    cdevent('incident.resolved', later),
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
        source: SOURCE,
        id: 'outage-9',
        occurredAt: '2025-09-03T09:40:00.000Z',
        openedAt: '2025-09-03T09:15:00.000Z',
        resolvedAt: '2025-09-03T09:40:00.000Z',
        title: 'Labels take a minute',
        causedBy: ARTIFACT,
        environment: 'production',
        url: 'https://tickets.acme.example/P-32',
      },
    });
  });

  it('is known by who made its id, whoever tells it', () => {
    expect(
      claimsOf(
        cdevent('incident.reported', { context: { source: '/tickets' } }),
      ),
    ).toMatchObject([{ source: SOURCE, id: 'outage-9' }]);
  });

  it('waits for its beginning', () => {
    expect(resolveOne(claimsOf(cdevent('incident.resolved')))).toEqual({
      status: 'incomplete',
      missing: ['openedAt'],
    });
  });

  it('takes the service where it is an entity ref, and fields we own', () => {
    expect(
      claimsOf(
        cdevent('incident.detected', {
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
        cdevent('incident.detected', {
          subject: { content: { artifactId: 'x'.repeat(1025) } },
        }),
      ),
    ).toMatchObject({ outcome: 'rejected', fault: { path: 'causedBy' } });
  });
});
