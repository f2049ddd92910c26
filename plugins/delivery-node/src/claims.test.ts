import { ignored, part, parts, rejected, whole, together } from './claims';

const at = '2026-03-01T09:00:00Z';
const deployment = {
  type: 'deployment',
  source: 'ci',
  id: '1',
  occurredAt: at,
  environment: 'production',
  status: 'running',
};
const review = {
  type: 'pull_request' as const,
  source: 'github.com/acme',
  id: '7',
  occurredAt: at,
  fields: { repository: 'acme/shop', number: 7, title: undefined },
  earliest: { firstReviewAt: '2026-03-01T10:00:00+01:00' },
};

describe('whole', () => {
  it('claims a record, without what is not known of it', () => {
    expect(whole({ ...deployment, version: undefined })).toEqual({
      outcome: 'claims',
      claims: [
        {
          claim: 'whole',
          event: { ...deployment, occurredAt: '2026-03-01T09:00:00.000Z' },
        },
      ],
    });
  });

  it('has no clock: the intake refuses what lies in the future', () => {
    const later = { ...deployment, occurredAt: '2999-01-01T00:00:00Z' };
    expect(whole(later)).toMatchObject({ outcome: 'claims' });
  });

  it('rejects what is wrong, with its path', () => {
    expect(whole({ ...deployment, status: 'done' })).toMatchObject({
      outcome: 'rejected',
      fault: { path: 'status' },
    });
  });
});

describe('parts', () => {
  it('claims fields, each in its one spelling', () => {
    expect(part(review)).toEqual({
      outcome: 'claims',
      claims: [
        {
          claim: 'partial',
          type: 'pull_request',
          source: 'github.com/acme',
          id: '7',
          occurredAt: '2026-03-01T09:00:00.000Z',
          fields: { repository: 'acme/shop', number: 7 },
          earliest: { firstReviewAt: '2026-03-01T09:00:00.000Z' },
        },
      ],
    });
  });

  it.each([
    ['occurredAt', { occurredAt: 'yesterday' }],
    ['number', { fields: { number: 0 } }],
    ['firstReviewAt', { earliest: { firstReviewAt: 'soon' } }],
    ['colour', { fields: { colour: 'red' } }],
    ['toString', { fields: { toString: 'red' } }],
  ])('lose only what has a fault: %s', (path, fault) => {
    const bad = { ...review, ...fault };
    const { claims: [claim] = [] } = parts([review]) as { claims?: object[] };
    expect(parts([review, bad])).toEqual({
      outcome: 'claims',
      claims: [claim],
      fault: { path, reason: expect.any(String) },
    });
    expect(parts([bad, bad])).toMatchObject({
      outcome: 'rejected',
      fault: { path },
    });
  });

  it('say what bounds took from them, all together', () => {
    const long = {
      ...review,
      fields: { ...review.fields, title: 'x'.repeat(600) },
    };
    const told = parts([long, review, long]);
    expect(told).toMatchObject({ shortened: { texts: 2, lists: 0 } });
    const list = whole({
      type: 'change',
      kind: 'push',
      source: 'github.com/acme',
      id: 'p',
      occurredAt: at,
      repository: 'acme/shop',
      ref: 'refs/heads/main',
      after: 'a'.repeat(40),
      commits: Array.from({ length: 10_001 }, () => 'a'.repeat(40)),
    });
    expect(together(told, list, ignored('nothing'))).toMatchObject({
      outcome: 'claims',
      shortened: { texts: 2, lists: 1 },
    });
    expect(parts([review])).not.toHaveProperty('shortened');
  });

  it('go together with other answers to the same message', () => {
    const [one, none] = [parts([review]), ignored('nothing')];
    const bad = rejected('id', 'is odd');
    expect(together(one, none)).toEqual(one);
    expect(together(one, bad)).toMatchObject({
      outcome: 'claims',
      fault: { path: 'id' },
    });
    expect(together(none, bad)).toEqual(bad);
    expect(together(none, none)).toEqual(none);
  });
});

it('says why there is no fact, or where a payload is wrong', () => {
  expect(ignored('a comment')).toEqual({
    outcome: 'ignored',
    reason: 'a comment',
  });
  expect(rejected('a.b', 'is missing')).toEqual({
    outcome: 'rejected',
    fault: { path: 'a.b', reason: 'is missing' },
  });
});
