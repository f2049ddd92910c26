import {
  cdevent,
  claimsOf,
  resolveOne,
  type Json,
} from '../__testUtils__/fixtures';

const created = (content: Json) =>
  claimsOf(cdevent('ticket_created', { subject: { content } }));

describe('ticket', () => {
  const story = claimsOf(
    cdevent('ticket_created'),
    cdevent('ticket_updated', {
      context: { timestamp: '2022-11-12T00:00:00Z' },
      subject: { content: { summary: 'New title', ticketType: undefined } },
    }),
    cdevent('ticket_closed', {
      context: { timestamp: '2022-11-13T00:00:00Z' },
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
        source: '/ticketing/system',
        id: 'ticket-123',
        occurredAt: '2022-11-13T00:00:00.000Z',
        title: 'New title',
        kind: 'task',
        labels: ['bug'],
        createdAt: '2022-11-11T13:52:20.079Z',
        closedAt: '2022-11-13T00:00:00.000Z',
        url: 'https://example.issues.com/ticket123',
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
