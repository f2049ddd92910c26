import { parseDeliveryEvent } from '@fawkes/backstage-plugin-delivery-common';
import type { Mapped } from '@fawkes/backstage-plugin-delivery-node';
import { events, type Json } from './__testUtils__/events';
import { map } from './__testUtils__/fixtures';
import { published, PUBLISHED_FOLDER } from './__testUtils__/published';

/** What becomes of events, by their type. */
function outcomesOf(sent: ReadonlyMap<string, Json>): [string, Mapped][] {
  return [...sent].map(([type, event]) => [type, map(event)]);
}

function typesThat(
  outcome: Mapped['outcome'],
  outcomes: [string, Mapped][],
): string[] {
  return outcomes
    .filter(([, mapped]) => mapped.outcome === outcome)
    .map(([type]) => type)
    .sort();
}

/** Types whose events are ignored without being named in the reason. */
function nameless(outcomes: [string, Mapped][]): string[] {
  return outcomes
    .filter(
      ([type, mapped]) =>
        mapped.outcome === 'ignored' &&
        !mapped.reason.startsWith(`CDEvent ${type} `),
    )
    .map(([type]) => type);
}

/** Whole claims, and what the canonical contract makes of them. */
function wholeClaims(outcomes: [string, Mapped][]) {
  const whole = outcomes.flatMap(([, mapped]) =>
    mapped.outcome === 'claims'
      ? mapped.claims.flatMap(claim =>
          claim.claim === 'whole' ? [claim.event] : [],
        )
      : [],
  );
  return {
    whole,
    accepted: whole.map(event => parseDeliveryEvent(event, Date.now())),
  };
}

/** The types that tell a fact, whatever their values are. */
const ALWAYS_TOLD = [
  'incident.detected',
  'incident.reported',
  'incident.resolved',
  'service.deployed',
  'service.rolledback',
  'service.upgraded',
  'ticket.closed',
  'ticket.created',
  'ticket.updated',
];

describe('the types of CDEvents 0.5', () => {
  const outcomes = outcomesOf(events);

  it('are all there, and none is rejected', () => {
    expect(outcomes).toHaveLength(45);
    expect(typesThat('rejected', outcomes)).toEqual([]);
  });

  it('tell facts where the model has a place for them', () => {
    expect(typesThat('claims', outcomes)).toEqual([
      'change.abandoned',
      'change.created',
      'change.merged',
      'change.reviewed',
      ...ALWAYS_TOLD,
    ]);
  });

  it('are ignored by their name otherwise', () => {
    expect(typesThat('ignored', outcomes)).toHaveLength(32);
    expect(nameless(outcomes)).toEqual([]);
  });

  it('make whole claims that pass the canonical contract', () => {
    const { whole, accepted } = wholeClaims(outcomes);
    expect(whole).toHaveLength(3);
    expect(accepted).toEqual(whole.map(event => ({ ok: true, event })));
  });
});

if (published.size > 0) {
  describe('the events published by the CDEvents project', () => {
    const outcomes = outcomesOf(published);

    it('are of the types that are built here', () => {
      expect([...published.keys()].sort()).toEqual([...events.keys()].sort());
    });

    it('are mapped like ours; no forge gives the id their changes have', () => {
      expect(typesThat('rejected', outcomes)).toEqual([]);
      expect(typesThat('claims', outcomes)).toEqual(ALWAYS_TOLD);
      expect(nameless(outcomes)).toEqual([]);
      const { whole, accepted } = wholeClaims(outcomes);
      expect(whole).toHaveLength(3);
      expect(accepted).toEqual(whole.map(event => ({ ok: true, event })));
    });
  });
} else {
  process.stderr.write(
    `CDEvents: only the events built by the tests were mapped; the published ones are not in ${PUBLISHED_FOLDER}.\n`,
  );
}
