import {
  REQUEST_STATES,
  RUN_KINDS,
  RUN_STATES,
  type RequestState,
  type RunKind,
  type RunState,
} from '../contract';
import {
  COMMANDS,
  decide,
  isBusy,
  keepsName,
  stateAfterRun,
  type Command,
  type Outcome,
} from './commands';

/** Where a request stands while a run of this kind goes on, as `decide` begins it. */
const STATE_OF_RUN: Record<RunKind, RequestState> = {
  create: 'running',
  update: 'updating',
  deploy: 'running',
  rollback: 'running',
  destroy: 'destroying',
};

/** An outcome in a few words, as the table of the design writes it. */
function told(outcome: Outcome): string {
  switch (outcome.do) {
    case 'begin':
      return `${outcome.state} by ${outcome.run}`;
    case 'supersede':
      return `superseded, ${outcome.state} by ${outcome.run}`;
    case 'set':
      return outcome.state;
    case 'refuse':
      return `409 ${outcome.code}`;
    default:
      return outcome.do;
  }
}

const wrong = '409 WRONG_STATE';
const busy = '409 RUN_IN_PROGRESS';
const differs = '409 SPEC_DIFFERS';

/** Columns: busy, ready, halted, destroying, destroy_incomplete, destroyed, forgotten. */
const CELLS: Record<Command, string[]> = {
  same_spec: [
    'attach',
    'existing',
    'running by again',
    wrong,
    wrong,
    'new',
    wrong,
  ],
  other_spec: [differs, differs, differs, wrong, wrong, 'new', wrong],
  update: [
    busy,
    'updating by update',
    'updating by update',
    wrong,
    wrong,
    wrong,
    wrong,
  ],
  cancel: ['cancel', wrong, wrong, wrong, wrong, wrong, wrong],
  retry: [busy, wrong, 'running by again', wrong, wrong, wrong, wrong],
  deploy: [
    busy,
    'running by deploy',
    'running by deploy',
    wrong,
    wrong,
    wrong,
    wrong,
  ],
  rollback: [
    busy,
    'running by rollback',
    'running by rollback',
    wrong,
    wrong,
    wrong,
    wrong,
  ],
  merge: [busy, 'proceed', 'proceed', wrong, wrong, wrong, wrong],
  destroy: [
    busy,
    'destroying by destroy',
    'destroying by destroy',
    'attach',
    'destroying by destroy',
    'existing',
    wrong,
  ],
  forget: [wrong, wrong, wrong, wrong, 'forgotten', wrong, wrong],
  start: [busy, 'proceed', 'proceed', wrong, wrong, wrong, wrong],
  stop: [busy, 'proceed', 'proceed', wrong, wrong, wrong, wrong],
  transfer: ['proceed', 'proceed', 'proceed', wrong, wrong, wrong, wrong],
};

const COLUMN: Record<RequestState, number> = {
  accepted: 0,
  running: 0,
  updating: 0,
  ready: 1,
  failed: 2,
  needs_person: 2,
  cancelled: 2,
  destroying: 3,
  destroy_incomplete: 4,
  destroyed: 5,
  forgotten: 6,
};

describe.each(COMMANDS)('%s', command => {
  it.each(REQUEST_STATES)('when %s', state => {
    expect(told(decide(command, { state, service: 'healthy' }))).toBe(
      CELLS[command][COLUMN[state]],
    );
  });
});

describe('a deploy', () => {
  it.each(['deploy', 'rollback'] as const)('ends an older %s', runKind => {
    expect(told(decide('deploy', { state: 'running', runKind }))).toBe(
      'superseded, running by deploy',
    );
    expect(told(decide('rollback', { state: 'running', runKind }))).toBe(
      'superseded, running by rollback',
    );
  });

  it.each([
    ['running', 'create'],
    ['updating', 'update'],
    ['destroying', 'destroy'],
  ] as const)('ends no other run: %s by %s', (state, runKind) => {
    expect(decide('deploy', { state, runKind }).do).toBe('refuse');
  });

  it('is ended by nothing else', () => {
    expect(
      COMMANDS.filter(
        command =>
          decide(command, { state: 'running', runKind: 'deploy' }).do ===
          'supersede',
      ),
    ).toEqual(['deploy', 'rollback']);
  });
});

describe('start and stop', () => {
  it.each(['none', undefined] as const)('need a service: %s', service => {
    expect(decide('start', { state: 'ready', service })).toEqual({
      do: 'refuse',
      code: 'NO_SERVICE',
    });
  });

  it('say first that a run goes on', () => {
    expect(decide('stop', { state: 'running', service: 'none' })).toEqual({
      do: 'refuse',
      code: 'RUN_IN_PROGRESS',
    });
  });
});

describe('the end of a run', () => {
  const ends = RUN_STATES.filter(
    (state): state is Exclude<RunState, 'running'> => state !== 'running',
  );

  it('leaves a destroy destroyed or incomplete', () => {
    expect(ends.map(end => stateAfterRun('destroy', end))).toEqual([
      'destroyed',
      'destroy_incomplete',
      'destroy_incomplete',
      'destroy_incomplete',
      undefined,
    ]);
  });

  it.each(['create', 'update', 'deploy', 'rollback'] as const)(
    'leaves a %s as it ended',
    kind => {
      expect(ends.map(end => stateAfterRun(kind, end))).toEqual([
        'ready',
        'failed',
        'needs_person',
        'cancelled',
        undefined,
      ]);
    },
  );

  it('is never busy', () => {
    const after = RUN_KINDS.flatMap(kind =>
      ends.map(end => stateAfterRun(kind, end)),
    ).filter(state => state !== undefined);

    expect(Object.values(STATE_OF_RUN).every(isBusy)).toBe(true);
    expect(after.filter(isBusy)).toEqual([]);
  });
});

describe('laws', () => {
  /** Where a request can get from a state by a command or the end of a run. */
  function next(state: RequestState): RequestState[] {
    const asked = COMMANDS.flatMap((command): RequestState[] => {
      const outcome = decide(command, { state, service: 'healthy' });
      if (outcome.do === 'cancel') return ['cancelled'];
      return 'state' in outcome ? [outcome.state] : [];
    });
    const ended = RUN_KINDS.filter(
      kind =>
        isBusy(state) && (state === 'accepted' || STATE_OF_RUN[kind] === state),
    ).flatMap(kind => [
      stateAfterRun(kind, 'done')!,
      stateAfterRun(kind, 'failed')!,
      stateAfterRun(kind, 'needs_person')!,
    ]);
    return [...asked, ...ended];
  }

  function reachable(from: RequestState): Set<RequestState> {
    const seen = new Set<RequestState>([from]);
    for (const state of seen) next(state).forEach(other => seen.add(other));
    return seen;
  }

  it('no state is a trap: everything can be taken down', () => {
    for (const state of REQUEST_STATES) {
      if (state === 'forgotten') continue;
      expect(reachable(state)).toContain('destroyed');
    }
  });

  it('every state can come to be', () => {
    expect([...reachable('accepted')].sort()).toEqual(
      [...REQUEST_STATES].sort(),
    );
  });

  it('nothing comes back from the dead', () => {
    expect([...reachable('destroyed')]).toEqual(['destroyed']);
    expect([...reachable('forgotten')]).toEqual(['forgotten']);
  });

  it('a name is free only where nothing is left', () => {
    expect(REQUEST_STATES.filter(state => !keepsName(state))).toEqual([
      'destroyed',
    ]);
  });
});
