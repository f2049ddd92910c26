import { ARTIFACT, SOURCE } from '../__testUtils__/events';
import { cdevent, claimsOf, map, type Json } from '../__testUtils__/fixtures';

const sha = '0123456789012345678901234567890123456789';

describe('service', () => {
  it('tells a deployment by the event’s own id', () => {
    expect(claimsOf(cdevent('service.deployed'))).toEqual([
      {
        claim: 'whole',
        event: {
          type: 'deployment',
          source: SOURCE,
          id: 'service-deployed-1',
          occurredAt: '2025-09-03T09:15:00.000Z',
          environment: 'production',
          status: 'success',
          finishedAt: '2025-09-03T09:15:00.000Z',
          artifact: ARTIFACT,
        },
      },
    ]);
  });

  it.each([
    ['service.upgraded', undefined],
    ['service.rolledback', 'rollback'],
  ])('takes %s for a successful deployment of kind %s', (name, kind) => {
    const [claim] = claimsOf(cdevent(name));
    expect(claim).toMatchObject({
      event: { status: 'success', artifact: ARTIFACT },
    });
    expect('event' in claim && 'kind' in claim.event && claim.event.kind).toBe(
      kind ?? false,
    );
  });

  it.each([
    ['published', 'is told by service.deployed or service.upgraded already'],
    ['removed', 'takes a service away and deploys nothing'],
  ])('ignores service.%s', (predicate, reason) => {
    expect(map(cdevent(`service.${predicate}`))).toEqual({
      outcome: 'ignored',
      reason: `CDEvent service.${predicate} ${reason}`,
    });
  });

  it.each<[string, Json, object]>([
    [
      'an entity ref',
      { id: 'component:payments-api' },
      { service: 'component:default/payments-api' },
    ],
    [
      'a purl with its source',
      {
        content: {
          artifactId: `pkg:oci/pay@sha256%3A1?vcs_url=git%2Bhttps://github.com/acme/pay%40${sha}&tag=1.2.3`,
        },
      },
      { repository: 'https://github.com/acme/pay', sha, version: '1.2.3' },
    ],
  ])('understands %s', (_, subject, expected) => {
    expect(claimsOf(cdevent('service.deployed', { subject }))[0]).toMatchObject(
      { event: expected },
    );
  });

  it('takes canonical fields from customData.delivery and leaves the rest alone', () => {
    const customData = {
      severity: 7,
      delivery: {
        service: 'pay',
        repository: 'acme/pay',
        sha,
        kind: 'hotfix',
        startedAt: '2025-09-03T10:05:00+01:00',
      },
    };
    expect(
      claimsOf(cdevent('service.deployed', { customData }))[0],
    ).toMatchObject({
      event: {
        service: 'component:default/pay',
        repository: 'acme/pay',
        sha,
        kind: 'hotfix',
        startedAt: '2025-09-03T09:05:00.000Z',
      },
    });
    expect(
      claimsOf(cdevent('service.deployed', { customData: 'text' })),
    ).toHaveLength(1);
  });

  it.each<[Json, string]>([
    [
      { subject: { content: { environment: { id: '' } } } },
      'subject.content.environment.id',
    ],
    [
      { subject: { content: { environment: undefined } } },
      'subject.content.environment',
    ],
    [{ subject: { id: 'component:no spaces please' } }, 'service'],
    [{ customData: { delivery: { sha: 'abc' } } }, 'customData.delivery.sha'],
    [{ customData: { delivery: { comit: sha } } }, 'customData.delivery.comit'],
    [{ customData: { delivery: [] } }, 'customData.delivery'],
    [{ customData: { delivery: { sha } } }, 'repository'],
  ])('rejects %j at %s', (edits, path) => {
    expect(map(cdevent('service.deployed', edits))).toMatchObject({
      outcome: 'rejected',
      fault: { path },
    });
  });
});
