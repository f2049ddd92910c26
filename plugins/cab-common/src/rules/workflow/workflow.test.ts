import fc from 'fast-check';
import {
  CHANGE_EVENTS,
  STATE_SETS,
  STATES,
  UNFINISHED,
  type ChangeEventName,
  type ChangeState,
} from '../../contract';
import { reduce, rowsOf } from './reduce';
import { GUARDS, TRANSITIONS, type Guard } from './table';

/**
 * The workflow once more, state by state, as it is read off the design: where
 * each event can lead. What is not written here is refused.
 */
const EVERYWHERE = 'gate_asked= comment= deploy_without_allow=';
const REVIEW =
  'edit>invalidated attach_evidence>invalidated withdraw>withdrawn quorum_met>approved vote_approve= vote_withdrawn= recuse= vote_reject>rejected request_changes>changes_requested member_lost= defer>deferred invalidate>invalidated exception_expired>invalidated freeze_began>invalidated rescore>invalidated model_activated= clock_due= entity_gone>withdrawn';
const OPEN =
  'edit>invalidated attach_evidence>invalidated withdraw>withdrawn member_lost>board_review member_lost= invalidate>invalidated exception_expired>invalidated freeze_began>invalidated model_activated= revoke>revoked approval_expired>expired entity_gone>withdrawn deploy_started>implementing deploy_succeeded>implemented deploy_succeeded>implemented_pending_review deploy_failed>failed';
const BEFORE =
  'submit>submitted withdraw>withdrawn freeze_began= clock_due>withdrawn entity_gone>withdrawn';
const AFTER =
  'attach_evidence= exception_expired= deploy_succeeded= deploy_failed=';
const UNREVIEWED = `${AFTER} review_done>reviewed retro_overdue=`;

const EXPECTED: Record<ChangeState | 'new', string> = {
  new: 'create>draft deploy_without_allow>unauthorized',
  draft: `${BEFORE} edit= attach_evidence>evidence_pending exception_expired= ${EVERYWHERE}`,
  evidence_pending: `${BEFORE} edit= attach_evidence= exception_expired= ${EVERYWHERE}`,
  changes_requested: `${BEFORE} edit>evidence_pending attach_evidence>evidence_pending exception_expired>evidence_pending ${EVERYWHERE}`,
  deferred: `${BEFORE} edit>evidence_pending attach_evidence>evidence_pending exception_expired>evidence_pending resume>scored ${EVERYWHERE}`,
  submitted: `scored>scored ${EVERYWHERE}`,
  scored: `routed_automatic>auto_approved routed_peer>peer_review routed_board>board_review ${EVERYWHERE}`,
  auto_approved: `quorum_met>approved ${EVERYWHERE}`,
  invalidated: `scored>scored found_incomplete>evidence_pending ${EVERYWHERE}`,
  peer_review: `${REVIEW} quorum_impossible>board_review ${EVERYWHERE}`,
  board_review: `${REVIEW} quorum_impossible= delegate= ${EVERYWHERE}`,
  approved: `${OPEN} schedule>scheduled applied>implemented ${EVERYWHERE}`,
  scheduled: `${OPEN} window_opened= window_closed>expired ${EVERYWHERE}`,
  implementing: `attach_evidence= exception_expired= freeze_began= model_activated= revoke= deploy_started= deploy_succeeded>implemented deploy_succeeded>implemented_pending_review deploy_succeeded= deploy_failed>failed deploy_failed= rolled_back>rolled_back run_ended>failed ${EVERYWHERE}`,
  implemented: `${UNREVIEWED} rolled_back>rolled_back close>closed ${EVERYWHERE}`,
  implemented_pending_review: `${UNREVIEWED} rolled_back>rolled_back ${EVERYWHERE}`,
  failed: `${UNREVIEWED} rolled_back>rolled_back ${EVERYWHERE}`,
  rolled_back: `${UNREVIEWED} ${EVERYWHERE}`,
  unauthorized: `${UNREVIEWED} ${EVERYWHERE}`,
  reviewed: `${AFTER} rolled_back= retro_overdue= close>closed ${EVERYWHERE}`,
  closed: `rolled_back= ${EVERYWHERE}`,
  rejected: EVERYWHERE,
  withdrawn: EVERYWHERE,
  expired: EVERYWHERE,
  revoked: EVERYWHERE,
};

const ALL = ['new', ...STATES] as const;
const pairs = ALL.flatMap(state =>
  CHANGE_EVENTS.map(event => [state, event] as const),
);
const everything = Object.fromEntries(
  GUARDS.map(guard => [guard, true]),
) as Record<Guard, boolean>;

describe('every state × every event', () => {
  const expected = (state: ChangeState | 'new', event: ChangeEventName) =>
    EXPECTED[state]
      .split(' ')
      .filter(each => each.replace(/[=>].*/, '') === event)
      .map(each => (each.endsWith('=') ? state : each.split('>')[1]))
      .sort();

  it.each(pairs)('%s × %s', (state, event) => {
    const leads = rowsOf(state, event).map(({ to }) =>
      to === 'same' ? state : to,
    );
    expect([...new Set(leads)].sort()).toEqual(expected(state, event));
    // And from outside: with everything held, it goes where the table says or nowhere.
    const told = reduce(state, { event, by: 'person', holds: everything });
    const byPerson = rowsOf(state, event).some(({ by }) =>
      by.includes('person'),
    );
    expect(told.kind).toBe(byPerson ? 'moved' : 'illegal');
    const byEngine = reduce(state, { event, by: 'engine', holds: everything });
    expect(leads.length > 0 || byEngine.kind === 'ignored').toBe(true);
  });
});

describe('every guard of every line', () => {
  const guarded = TRANSITIONS.flatMap(line =>
    line.from.flatMap(state =>
      line.guards.map(guard => ({ line, state, guard })),
    ),
  );

  it.each(
    guarded.map(
      each =>
        [each.state, each.line.event, each.line.to, each.guard, each] as const,
    ),
  )('%s × %s → %s needs %s', (state, _event, _to, guard, { line }) => {
    const [by] = line.by;
    // Only what this line asks for holds.
    const holds = Object.fromEntries(line.guards.map(each => [each, true]));
    const target = line.to === 'same' ? state : line.to;
    expect(reduce(state, { event: line.event, by, holds })).toEqual({
      kind: 'moved',
      to: target,
    });
    const without = reduce(state, {
      event: line.event,
      by,
      holds: { ...holds, [guard]: false },
    });
    // Below it may be a line that stays; otherwise a person is told, and an
    // engine changes nothing.
    const stays = without.kind === 'moved' && without.to === state;
    const refused =
      by === 'person' ? { kind: 'guarded', guard } : { kind: 'ignored' };
    expect(stays ? target !== state : without).toEqual(stays || refused);
  });

  it('is used', () => {
    const used = new Set(TRANSITIONS.flatMap(({ guards }) => guards));
    expect(GUARDS.filter(guard => !used.has(guard))).toEqual([]);
  });

  it('is false when nobody says that it holds', () => {
    expect(reduce('draft', { event: 'submit', by: 'person' })).toEqual({
      kind: 'guarded',
      guard: 'isSubmitter',
    });
  });
});

describe('no state is a trap', () => {
  const ends: readonly string[] = STATE_SETS.end;
  /** A person, a clock, or the engine at once: nobody has to wait for a plane. */
  const withoutPlane = TRANSITIONS.filter(({ by }) =>
    by.some(each => each !== 'plane' && each !== 'catalog'),
  );
  const next = (state: string) =>
    withoutPlane
      .filter(
        ({ from, to }) =>
          (from as readonly string[]).includes(state) && to !== 'same',
      )
      .map(({ to }) => to as ChangeState);

  it.each(STATES)('%s leads to an end', state => {
    const seen = new Set<string>([state]);
    for (const each of seen) next(each).forEach(to => seen.add(to));
    expect([...seen].some(each => ends.includes(each))).toBe(true);
  });

  it('however a change request got where it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...CHANGE_EVENTS), fc.nat(2 ** 30)), {
          maxLength: 60,
        }),
        events => {
          let state: ChangeState | 'new' = 'new';
          for (const [event, seed] of [['create', 0] as const, ...events]) {
            const lines = rowsOf(state, event);
            if (lines.length === 0) continue;
            const line = lines[seed % lines.length];
            const holds = Object.fromEntries(
              line.guards.map(guard => [guard, true]),
            );
            const told = reduce(state, {
              event,
              by: line.by[seed % line.by.length],
              holds,
            });
            if (told.kind === 'moved') state = told.to;
          }
          const seen = new Set<string>([state]);
          for (const each of seen) next(each).forEach(to => seen.add(to));
          expect([...seen].some(each => ends.includes(each))).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('every state can be reached, and ends are left by nothing', () => {
    const seen = new Set<string>(['new']);
    for (const state of seen) {
      for (const { from, to } of TRANSITIONS) {
        if ((from as readonly string[]).includes(state) && to !== 'same')
          seen.add(to);
      }
    }
    expect([...seen].sort()).toEqual([...ALL].sort());
    for (const end of ends) expect(next(end)).toEqual([]);
    expect(UNFINISHED).toHaveLength(13);
  });
});
