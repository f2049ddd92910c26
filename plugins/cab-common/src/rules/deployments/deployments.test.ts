import fc from 'fast-check';
import {
  coversStart,
  judgeDeployment,
  START_GRACE_MS,
  type SeenDeployment,
} from './judge';
import {
  NO_TRAITS,
  participationOf,
  PARTICIPATIONS,
  type EntityTraits,
} from './participation';

const NOW = 1_800_000_000_000;
const GRACE_MS = 600_000;
const seen = (more: Partial<SeenDeployment> = {}): SeenDeployment => ({
  participation: 'enforce',
  isProduction: true,
  isSandbox: false,
  startedAt: NOW - GRACE_MS,
  seenAt: NOW - GRACE_MS,
  recordBegan: 0,
  allows: [],
  graceMs: GRACE_MS,
  isWayBack: false,
  ...more,
});
const allow = (at: number, more = {}) => ({
  at,
  expiresAt: at + 300_000,
  cancelledAt: null,
  ...more,
});
const START = NOW - GRACE_MS;

describe('what a deployment was', () => {
  it.each<[string, Partial<SeenDeployment>, string]>([
    ['nobody allowed it', {}, 'unauthorized'],
    ['news may still come', { seenAt: NOW - 1 }, 'waiting'],
    ['somebody allowed it', { allows: [allow(START - 1)] }, 'allowed'],
    [
      'it was allowed after it began',
      { allows: [allow(START + 1)] },
      'unauthorized',
    ],
    [
      'its leave was taken back before',
      { allows: [allow(START - 2, { cancelledAt: START - 1 })] },
      'unauthorized',
    ],
    [
      'its leave was taken back after',
      { allows: [allow(START - 2, { cancelledAt: START + 1 })] },
      'allowed',
    ],
    [
      'its leave had ended an hour before',
      { allows: [allow(START - 300_000 - START_GRACE_MS)] },
      'allowed',
    ],
    [
      'its leave had ended longer before',
      { allows: [allow(START - 300_001 - START_GRACE_MS)] },
      'unauthorized',
    ],
    ['it goes back', { isWayBack: true }, 'allowed'],
    ['it is only looked at', { participation: 'observe' }, 'observed'],
    ['it takes no part', { participation: 'off' }, 'free'],
    ['a sandbox told it', { isSandbox: true }, 'free'],
    ['it was no production', { isProduction: false }, 'free'],
    ['it was before the record', { recordBegan: START + 1 }, 'free'],
    ['there is no record', { recordBegan: null }, 'free'],
    ['nobody says when it began', { startedAt: null }, 'unauthorized'],
  ])('%s', (_what, more, verdict) => {
    expect(judgeDeployment(seen(more), NOW)).toBe(verdict);
  });

  it('is held against somebody only where all of it is known and asked for', () => {
    const any = fc.record({
      participation: fc.constantFrom(...PARTICIPATIONS),
      isProduction: fc.boolean(),
      isSandbox: fc.boolean(),
      startedAt: fc.option(fc.integer({ min: START - 9_000_000, max: NOW })),
      seenAt: fc.integer({ min: START - 1_000, max: NOW }),
      recordBegan: fc.option(fc.constantFrom(0, START)),
      allows: fc.array(
        fc.integer({ min: START - 9_000_000, max: NOW }).map(at => allow(at)),
        { maxLength: 3 },
      ),
      graceMs: fc.constantFrom(0, GRACE_MS),
      isWayBack: fc.boolean(),
    });
    fc.assert(
      fc.property(any, fc.nat(GRACE_MS * 2), (given, later) => {
        const verdict = judgeDeployment(given, NOW);
        const startedAt = given.startedAt ?? given.seenAt;
        const isKnownAndAskedFor =
          given.participation === 'enforce' &&
          given.isProduction &&
          !given.isSandbox &&
          !given.isWayBack &&
          !given.allows.some(each => coversStart(each, startedAt));
        expect(verdict === 'unauthorized' && !isKnownAndAskedFor).toBe(false);
        // Time makes of what waits what nobody allowed, and changes nothing else.
        const then = judgeDeployment(given, NOW + later);
        expect(
          then === verdict ||
            (verdict === 'waiting' && then === 'unauthorized'),
        ).toBe(true);
      }),
    );
  });
});

describe('how far it goes', () => {
  const traits = (more: Partial<EntityTraits> = {}) => ({
    ...NO_TRAITS,
    ...more,
  });
  const of = (
    more: Partial<EntityTraits>,
    rules: Parameters<typeof participationOf>[0]['rules'] = [],
    said: (typeof PARTICIPATIONS)[number] = 'observe',
  ) =>
    participationOf(
      { default: said, rules },
      {
        entityRef: 'component:default/pay',
        owner: 'group:default/payments',
        traits: traits(more),
      },
    );

  it('is what the first rule says that fits', () => {
    expect(of({})).toBe('observe');
    expect(of({}, [{ mode: 'enforce', kind: 'system' }])).toBe('observe');
    expect(
      of({ type: 'service' }, [
        { mode: 'off', type: 'library' },
        { mode: 'enforce', kind: 'component', type: 'service' },
        { mode: 'off' },
      ]),
    ).toBe('enforce');
    expect(
      of({ annotation: 'off' }, [{ mode: 'off', annotation: 'off' }]),
    ).toBe('off');
  });

  it('is never less by what the entity says of itself', () => {
    const mode = fc.constantFrom(...PARTICIPATIONS);
    fc.assert(
      fc.property(mode, fc.option(fc.string()), mode, (said, text, asked) => {
        const isNone = !PARTICIPATIONS.some(each => each === text);
        const none = isNone ? text : null;
        expect(of({ annotation: none }, [], said)).toBe(said);
        const both = of({ annotation: asked }, [], said);
        expect(PARTICIPATIONS.indexOf(both)).toBe(
          Math.max(PARTICIPATIONS.indexOf(said), PARTICIPATIONS.indexOf(asked)),
        );
      }),
    );
    expect(of({ practice: true, annotation: 'enforce' }, [], 'enforce')).toBe(
      'off',
    );
  });
});
