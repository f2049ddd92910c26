import { EFFECT_STATES, type EffectState } from '../contract';
import {
  afterCrash,
  EFFECT_EVENTS,
  effectAfter,
  isSettled,
  mayExist,
} from './effectStates';

/** Rows: states; columns: send, succeed, fail, lose, find, miss, skip, undo. */
const CELLS: Record<EffectState, string> = {
  planned: 'sent - failed - done planned skipped -',
  sent: '- done failed unknown - - - -',
  done: '- - - - done - - undone',
  failed: '- - - - - - - undone',
  unknown: '- - failed unknown done planned - undone',
  skipped: '- - - - - - skipped -',
  undone: '- - - - - - - undone',
};

describe.each(EFFECT_STATES)('%s', state => {
  it.each(EFFECT_EVENTS.map((event, index) => [event, index] as const))(
    'after %s',
    (event, index) => {
      const expected = CELLS[state].split(' ')[index];
      expect(effectAfter(state, event)).toBe(
        expected === '-' ? null : expected,
      );
    },
  );
});

describe('laws', () => {
  function reachable(from: EffectState): Set<EffectState> {
    const seen = new Set([from]);
    for (const state of seen) {
      for (const event of EFFECT_EVENTS) {
        const next = effectAfter(state, event);
        if (next) seen.add(next);
      }
    }
    return seen;
  }

  it('no state is a trap: each can settle', () => {
    for (const state of EFFECT_STATES) {
      expect([...reachable(state)].some(isSettled)).toBe(true);
    }
  });

  it('only what is planned is sent: nothing is sent blind', () => {
    expect(
      EFFECT_STATES.filter(state =>
        EFFECT_EVENTS.some(event => effectAfter(state, event) === 'sent'),
      ),
    ).toEqual(['planned']);
  });

  it('what is unknown may be sent again only after it was missed', () => {
    expect(
      EFFECT_EVENTS.filter(
        event => effectAfter('unknown', event) === 'planned',
      ),
    ).toEqual(['miss']);
  });

  it('after a crash, what was sent is unknown and all else stays', () => {
    expect(EFFECT_STATES.map(afterCrash)).toEqual(
      EFFECT_STATES.map(state => (state === 'sent' ? 'unknown' : state)),
    );
  });

  it('whatever was once sent may exist, until it is undone', () => {
    expect(EFFECT_STATES.filter(mayExist)).toEqual([
      'sent',
      'done',
      'failed',
      'unknown',
    ]);
  });
});
