import { mockServices } from '@backstage/backend-test-utils';
import { readGithubSourceOptions } from './config';

function read(delivery: object) {
  return readGithubSourceOptions(
    mockServices.rootConfig({ data: { delivery } }),
  );
}

describe('readGithubSourceOptions', () => {
  it('needs nothing', () => {
    expect(read({})).toEqual({});
  });

  it('reads patterns that ignore case', () => {
    expect(
      read({
        identityKey: 'a key of some length',
        sources: {
          github: {
            incidentLabel: '^outage$',
            hotfixRef: '^fix/',
            rollbackTask: 'undo',
          },
        },
      }),
    ).toEqual({
      identityKey: 'a key of some length',
      incidentLabel: /^outage$/i,
      hotfixRef: /^fix\//i,
      rollbackTask: /undo/i,
    });
  });

  it('refuses what cannot work, with its path', () => {
    expect(() => read({ sources: { github: { hotfixRef: '(' } } })).toThrow(
      'delivery.sources.github.hotfixRef is not a regular expression: (',
    );
    expect(() => read({ identityKey: 'short' })).toThrow(
      'delivery.identityKey must have at least 16 characters',
    );
  });
});
