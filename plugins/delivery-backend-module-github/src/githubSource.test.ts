import { createGithubSource } from './githubSource';

describe('createGithubSource', () => {
  const source = createGithubSource();

  it('takes the topic of the signature check only, not the router’s copies', () => {
    expect(source.topics).toEqual(['github']);
  });

  it.each([
    [{ 'x-github-delivery': 'a' }, 'a'],
    [{ 'x-github-delivery': ['a', 'b'] }, 'a'],
    [{}, undefined],
    [undefined, undefined],
  ])('keys a delivery by X-GitHub-Delivery: %j', (metadata, key) => {
    expect(
      source.deliveryId?.({ topic: 'github', payload: {}, metadata }),
    ).toBe(key);
  });

  it('rejects a message that does not say which event it is', () => {
    expect(source.map({ deliveryId: 'a', payload: {} })).toEqual({
      outcome: 'rejected',
      fault: {
        path: 'headers.x-github-event',
        reason: 'is missing: it names the kind of GitHub event',
      },
    });
  });

  it('says why people may miss an event', () => {
    expect(
      source.map({
        deliveryId: 'a',
        payload: {},
        headers: { 'x-github-event': 'release' },
      }),
    ).toEqual({
      outcome: 'ignored',
      reason:
        'GitHub event release tells that a release was written, not that it runs anywhere; send a deployment',
    });
  });
});
