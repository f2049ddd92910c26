import { parseDeliveryEvent } from '@fawkes/backstage-plugin-delivery-common';
import { conformance, map } from './__testUtils__/fixtures';

describe('the CDEvents conformance files', () => {
  const outcomes = Object.fromEntries(
    [...conformance].map(([name, event]) => [name, map(event)]),
  );

  it('are all there, and none is rejected', () => {
    expect(conformance.size).toBe(45);
    expect(
      Object.values(outcomes).filter(({ outcome }) => outcome === 'rejected'),
    ).toEqual([]);
  });

  it('tell facts where the model has a place for them', () => {
    expect(
      Object.keys(outcomes).filter(name => outcomes[name].outcome === 'claims'),
    ).toEqual([
      'incident_detected',
      'incident_reported',
      'incident_resolved',
      'service_deployed',
      'service_rolledback',
      'service_upgraded',
      'ticket_closed',
      'ticket_created',
      'ticket_updated',
    ]);
  });

  it('are ignored by their name otherwise', () => {
    const nameless = Object.entries(outcomes).filter(
      ([name, mapped]) =>
        mapped.outcome === 'ignored' &&
        !mapped.reason.startsWith(`CDEvent ${name.replace('_', '.')} `),
    );
    expect(nameless).toEqual([]);
  });

  it('make whole claims that pass the canonical contract', () => {
    const events = Object.values(outcomes).flatMap(mapped =>
      mapped.outcome === 'claims'
        ? mapped.claims.flatMap(claim =>
            claim.claim === 'whole' ? [claim.event] : [],
          )
        : [],
    );
    expect(events).toHaveLength(3);
    expect(events.map(event => parseDeliveryEvent(event, Date.now()))).toEqual(
      events.map(event => ({ ok: true, event })),
    );
  });
});
