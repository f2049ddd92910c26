import { SOURCE } from '../__testUtils__/events';
import {
  cdevent,
  claimsOf,
  resolveOne,
  type Json,
} from '../__testUtils__/fixtures';

const created = (content: Json) =>
  claimsOf(cdevent('ticket.created', { subject: { content } }));

describe('ticket', () => {
  const story = claimsOf(
    cdevent('ticket.created'),
    cdevent('ticket.updated', {
      context: { timestamp: '2025-09-04T00:00:00Z' },
      subject: { content: { summary: 'New title', ticketType: undefined } },
    }),
    cdevent('ticket.closed', {
      context: { timestamp: '2025-09-05T00:00:00Z' },
      subject: { content: { summary: undefined, labels: undefined } },
    }),
  );

  it.each([
    ['in order', story],
    ['in reverse', [...story].reverse()],
  ])('tells a work item in parts, %s, and nobody’s name', (_, claims) => {
    expect(resolveOne(claims)).toEqual({
      status: 'known',
      record: {
        type: 'work-item',
        source: SOURCE,
        id: 'P-31',
        occurredAt: '2025-09-05T00:00:00.000Z',
        title: 'New title',
        kind: 'defect',
        labels: ['printing'],
        team: 'group:default/parcels',
        createdAt: '2025-09-03T09:15:00.000Z',
        closedAt: '2025-09-05T00:00:00.000Z',
        url: 'https://tickets.acme.example/P-31',
      },
    });
  });

  it.each([
    ['bug', 'defect'],
    ['incident', 'defect'],
    ['Enhancement', 'feature'],
    ['Story', 'feature'],
    ['question', 'task'],
    [undefined, 'task'],
  ])('takes the type %s for a %s', (ticketType, kind) => {
    expect(created({ ticketType })).toMatchObject([{ fields: { kind } }]);
  });

  it('takes a team where the group is one', () => {
    expect(created({ group: 'group:default/pay' })).toMatchObject([
      { fields: { team: 'group:default/pay' } },
    ]);
    expect(created({ group: 'security' })[0]).not.toHaveProperty('fields.team');
  });
});
