import { factOf, joinFacts } from '@fawkes/backstage-plugin-delivery-common';
import { encodeState } from './factState';

const told = (at: string, fields: object, earliest: Record<string, string>) =>
  factOf({
    claim: 'partial',
    type: 'commit',
    source: 'github.com',
    id: 'c1',
    occurredAt: at,
    fields: { repository: 'github.com/acme/mono', ...fields },
    earliest,
  } as Parameters<typeof factOf>[0]);

it('writes the same state as the same text, in whatever order its fields were told', () => {
  const one = told(
    '2026-03-23T23:00:00Z',
    { title: 'Pay', paths: [] },
    { authoredAt: '2026-03-23T23:00:00Z' },
  );
  const other = told(
    '2026-03-24T05:00:00Z',
    { committedAt: '2026-03-24T05:00:00Z', title: 'Pay by card' },
    { pushedAt: '2026-03-24T05:00:00Z' },
  );
  const texts = [joinFacts(one, other), joinFacts(other, one)].map(encodeState);
  expect(texts[0]).toBe(texts[1]);
  expect(Object.keys(JSON.parse(texts[0]).f)).toEqual(
    Object.keys(JSON.parse(texts[0]).f).sort(),
  );
});
