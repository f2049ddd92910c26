import { cdevent, map } from './__testUtils__/fixtures';

describe('createCdeventsSource', () => {
  it.each([undefined, null, 'text', 7, [], {}, { context: 1, subject: {} }])(
    'rejects %j with a path and never throws',
    payload => {
      expect(map(payload)).toMatchObject({
        outcome: 'rejected',
        fault: { path: expect.any(String) },
      });
    },
  );

  it.each([
    ['an old version', { specversion: '0.3.0' }, 'context.specversion'],
    ['no version', { specversion: undefined }, 'context.specversion'],
    ['another vendor’s type', { type: 'com.example.x' }, 'context.type'],
    [
      'a time without offset',
      { timestamp: '2025-09-03T09:15:00' },
      'context.timestamp',
    ],
    ['no id', { id: '' }, 'context.id'],
    ['an endless source', { source: 'x'.repeat(201) }, 'context.source'],
  ])('rejects %s at its path', (_, context, path) => {
    expect(map(cdevent('service.deployed', { context }))).toMatchObject({
      outcome: 'rejected',
      fault: { path },
    });
  });

  it('takes CDEvents 0.4, which calls its version so and repeats the subject’s type', () => {
    expect(
      map(
        cdevent('service.deployed', {
          context: {
            specversion: undefined,
            version: '0.4.1',
            type: 'dev.cdevents.service.deployed.0.1.1',
          },
          subject: { type: 'service' },
        }),
      ),
    ).toMatchObject({ outcome: 'claims' });
  });

  it.each([
    ['custom events', 'dev.cdeventsx.acme-thing.happened.0.1.0'],
    ['events of later versions', 'dev.cdevents.service.taught.0.1.0'],
    ['subjects of later versions', 'dev.cdevents.approval.created.0.1.0'],
  ])('ignores %s', (_, type) => {
    expect(
      map(cdevent('service.deployed', { context: { type } })),
    ).toMatchObject({ outcome: 'ignored' });
  });
});
