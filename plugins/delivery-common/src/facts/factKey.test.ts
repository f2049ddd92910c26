import { canonicalJson, compareText } from '@fawkes/kit-contract';
import type { PartialClaim } from './claim';
import { factKeyOf, hostOfSource, identityOf } from './factKey';

function claim(
  type: PartialClaim['type'],
  fields: Record<string, unknown>,
  over: Partial<PartialClaim> = {},
): PartialClaim {
  return {
    claim: 'partial',
    type,
    source: 'ci',
    id: '1',
    occurredAt: '2026-03-01T09:00:00.000Z',
    fields,
    ...over,
  };
}

describe('the identity of a fact', () => {
  it.each([
    [
      claim('deployment', { service: 'component:default/a', environment: 'e' }),
      ['deployment', 'ci', 'component:default/a', 'e', '1'],
    ],
    [
      claim('deployment', { environment: 'e', version: '1' }),
      ['deployment', 'ci', '', 'e', '1'],
    ],
    [
      claim('commit', { repository: 'Acme/Shop.git', sha: 'abc' }),
      ['commit', 'github.com/acme/shop', 'abc'],
    ],
    [
      claim(
        'pull_request',
        { repository: 'acme/shop', number: 7 },
        { source: 'https://git.acme.io/team' },
      ),
      ['pull_request', 'git.acme.io/acme/shop', '7'],
    ],
    [claim('incident', { service: 'x' }), ['incident', 'ci', '1']],
    [claim('work-item', {}), ['work-item', 'ci', '1']],
    [claim('feedback', {}), ['feedback', 'ci', '1']],
  ])('%j', (told, identity) => {
    expect(identityOf(told)).toEqual(identity);
  });

  it('keeps parts apart, whatever they consist of', () => {
    const one = claim('deployment', { service: 'a', environment: 'b' });
    const other = claim('deployment', { service: 'a","b', environment: '' });
    expect(factKeyOf(one)).not.toBe(factKeyOf(other));
  });

  it('is the same for whole and partial claims', () => {
    expect(
      factKeyOf({
        claim: 'whole',
        event: {
          type: 'incident',
          source: 'ci',
          id: '1',
          occurredAt: '2026-03-01T09:00:00.000Z',
          openedAt: '2026-03-01T09:00:00.000Z',
        },
      }),
    ).toBe(factKeyOf(claim('incident', {})));
  });
});

it.each([
  ['jenkins-eu', 'github.com'],
  ['github.com/acme', 'github.com'],
  ['https://Git.Acme.io/x', 'git.acme.io'],
  ['git.acme.io:8443', 'git.acme.io:8443'],
  ['v1.2 of our script', 'github.com'],
  ['.', 'github.com'],
])('repositories of the source %s are on %s', (source, host) => {
  expect(hostOfSource(source)).toBe(host);
});

describe('canonical JSON', () => {
  it('has one text for one value', () => {
    expect(canonicalJson({ b: 1, a: [{ d: 1.0, c: 'é' }] })).toBe(
      canonicalJson({ a: [{ c: 'é', d: 1 }], b: 1 }),
    );
  });

  it('leaves undefined fields out and refuses what JSON has no word for', () => {
    expect(canonicalJson({ a: undefined })).toBe('{}');
    expect(() => canonicalJson(undefined)).toThrow(TypeError);
  });

  it('orders text by code units, the same everywhere', () => {
    expect(['ä', 'z', 'Z', 'a'].sort(compareText)).toEqual([
      'Z',
      'a',
      'z',
      'ä',
    ]);
  });
});
