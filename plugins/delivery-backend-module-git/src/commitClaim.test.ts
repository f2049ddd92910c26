import { parseDeliveryEvent } from '@fawkes/backstage-plugin-delivery-common';
import fc from 'fast-check';
import { commitClaim } from './commitClaim';

const now = Date.parse('2026-06-01T00:00:00Z');
const told = {
  sha: 'a'.repeat(40),
  parents: ['b'.repeat(40)],
  authored: 1_700_000_000,
  committed: 1_700_000_060,
  email: 'a@example.com',
  title: 'Add a thing',
};

describe('commitClaim', () => {
  it('tells a commit', () => {
    expect(commitClaim(told, 'github.com/acme/pay', now)).toEqual({
      claim: 'whole',
      event: {
        type: 'change',
        kind: 'commit',
        source: 'github.com/acme/pay',
        id: told.sha,
        occurredAt: '2023-11-14T22:14:20.000Z',
        repository: 'github.com/acme/pay',
        sha: told.sha,
        parents: told.parents,
        authoredAt: '2023-11-14T22:13:20.000Z',
        committedAt: '2023-11-14T22:14:20.000Z',
        title: 'Add a thing',
      },
    });
  });

  it.each<[string, object, object]>([
    [
      'an unknown author date',
      { authored: NaN },
      { authoredAt: '2023-11-14T22:14:20.000Z' },
    ],
    [
      'an unknown commit date',
      { committed: NaN },
      { committedAt: '2023-11-14T22:13:20.000Z' },
    ],
    [
      'no date at all',
      { authored: NaN, committed: NaN },
      { occurredAt: '1970-01-01T00:00:00.000Z' },
    ],
    [
      'a date before computers',
      { authored: 0, committed: -5e12 },
      { occurredAt: '1970-01-01T00:00:00.000Z' },
    ],
    [
      'a date in the future',
      { committed: 9e15 },
      { committedAt: '2026-06-01T00:00:00.000Z' },
    ],
    [
      'a bot',
      { email: '1+dependabot[bot]@users.noreply.github.com' },
      { bot: true, botName: 'dependabot[bot]' },
    ],
    [
      'a long title',
      { title: `${'x'.repeat(511)}😀` },
      { title: 'x'.repeat(511) },
    ],
    [
      'many parents',
      { parents: Array(66).fill('b'.repeat(40)) },
      { parents: Array(66).fill('b'.repeat(40)) },
    ],
    ['paths', { paths: ['a'] }, { paths: ['a'] }],
  ])('copes with %s', (_, edits, expected) => {
    expect(commitClaim({ ...told, ...edits }, 'h.x/o/n', now)).toMatchObject({
      event: expected,
    });
  });

  it('always passes the canonical contract, already normalised', () => {
    const seconds = fc.oneof(fc.integer(), fc.double(), fc.constant(NaN));
    fc.assert(
      fc.property(
        seconds.map(Math.trunc),
        seconds.map(Math.trunc),
        fc.string({ unit: 'binary' }),
        (authored, committed, title) => {
          const { event } = commitClaim(
            { ...told, authored, committed, title },
            'h.x/o/n',
            now,
          );
          expect(parseDeliveryEvent(event, now, { kept: true })).toEqual({
            ok: true,
            event,
          });
        },
      ),
    );
  });
});
