import type {
  ConflictCode,
  RequestState,
  RunKind,
  RunState,
  ServiceState,
} from '../contract';

/** What may be asked of a request. @public */
export const COMMANDS = [
  /** The same key and the same spec again. */
  'same_spec',
  /** The same key with another spec, and no word of updating. */
  'other_spec',
  'update',
  'cancel',
  'retry',
  'deploy',
  'rollback',
  'merge',
  'destroy',
  'forget',
  'start',
  'stop',
  'transfer',
] as const;
/** One of {@link COMMANDS}. @public */
export type Command = (typeof COMMANDS)[number];

/** What a command leads to. @public */
export type Outcome =
  /** A run begins, and the request is in this state. */
  | { do: 'begin'; state: RequestState; run: RunKind | 'again' }
  /** The run that goes on ends as `superseded`, then a run begins. */
  | { do: 'supersede'; state: RequestState; run: RunKind }
  /** The run that goes on is the answer. */
  | { do: 'attach' }
  /** The request is the answer; there is nothing to do. */
  | { do: 'existing' }
  /** The key is free: a new request. */
  | { do: 'new' }
  /** Kept in the row; the request is `cancelled` once what was sent has ended. */
  | { do: 'cancel' }
  /** The request is in this state, without a run. */
  | { do: 'set'; state: RequestState }
  /** The state stays; the command goes on to the service, the branch, the owner. */
  | { do: 'proceed' }
  | { do: 'refuse'; code: ConflictCode };

/** What of a request a command depends on. @public */
export interface CommandContext {
  /** Where the request stands. */
  state: RequestState;
  /** The kind of the run that goes on. */
  runKind?: RunKind;
  /** Where the running service stands. */
  service?: ServiceState;
}

type Column =
  | 'busy'
  | 'ready'
  | 'halted'
  | 'destroying'
  | 'destroy_incomplete'
  | 'destroyed'
  | 'forgotten';

/** States that every command treats alike. */
const COLUMNS: Record<RequestState, Column> = {
  accepted: 'busy',
  running: 'busy',
  updating: 'busy',
  ready: 'ready',
  failed: 'halted',
  needs_person: 'halted',
  cancelled: 'halted',
  destroying: 'destroying',
  destroy_incomplete: 'destroy_incomplete',
  destroyed: 'destroyed',
  forgotten: 'forgotten',
};

const refuse = (code: ConflictCode): Outcome => ({ do: 'refuse', code });
const begin = (state: RequestState, run: RunKind | 'again'): Outcome => ({
  do: 'begin',
  state,
  run,
});

const wrong = refuse('WRONG_STATE');
const busy = refuse('RUN_IN_PROGRESS');
const proceed: Outcome = { do: 'proceed' };

/** What all that is being taken down, or was, answers. */
const over = {
  destroying: wrong,
  destroy_incomplete: wrong,
  destroyed: wrong,
  forgotten: wrong,
};

/** Whatever stands still may be done to what exists. */
const whileStill = (outcome: Outcome) => ({
  busy,
  ready: outcome,
  halted: outcome,
  ...over,
});

const TABLE: Record<Command, Record<Column, Outcome>> = {
  same_spec: {
    ...over,
    busy: { do: 'attach' },
    ready: { do: 'existing' },
    halted: begin('running', 'again'),
    destroyed: { do: 'new' },
  },
  other_spec: {
    ...over,
    busy: refuse('SPEC_DIFFERS'),
    ready: refuse('SPEC_DIFFERS'),
    halted: refuse('SPEC_DIFFERS'),
    destroyed: { do: 'new' },
  },
  update: whileStill(begin('updating', 'update')),
  cancel: { ...over, busy: { do: 'cancel' }, ready: wrong, halted: wrong },
  retry: { ...over, busy, ready: wrong, halted: begin('running', 'again') },
  deploy: whileStill(begin('running', 'deploy')),
  rollback: whileStill(begin('running', 'rollback')),
  merge: whileStill(proceed),
  destroy: {
    busy,
    ready: begin('destroying', 'destroy'),
    halted: begin('destroying', 'destroy'),
    destroying: { do: 'attach' },
    destroy_incomplete: begin('destroying', 'destroy'),
    destroyed: { do: 'existing' },
    forgotten: wrong,
  },
  forget: {
    ...over,
    busy: wrong,
    ready: wrong,
    halted: wrong,
    destroy_incomplete: { do: 'set', state: 'forgotten' },
  },
  start: whileStill(proceed),
  stop: whileStill(proceed),
  transfer: { ...over, busy: proceed, ready: proceed, halted: proceed },
};

const ON_SERVICE: readonly Command[] = ['start', 'stop'];
const DEPLOYS: readonly (Command | RunKind)[] = ['deploy', 'rollback'];

/**
 * What a command leads to in a state. One run a request: only a deploy may end a
 * run, and only one that is itself a deploy.
 * @public
 */
export function decide(command: Command, context: CommandContext): Outcome {
  const { state, runKind, service } = context;
  const outcome = TABLE[command][COLUMNS[state]];
  if (outcome === busy && isDeploy(command) && runKind && isDeploy(runKind)) {
    return { do: 'supersede', state: 'running', run: command as RunKind };
  }
  if (outcome === proceed && ON_SERVICE.includes(command)) {
    return service === undefined || service === 'none'
      ? refuse('NO_SERVICE')
      : proceed;
  }
  return outcome;
}

function isDeploy(what: Command | RunKind): boolean {
  return DEPLOYS.includes(what);
}

/** Whether a run of the request goes on in this state. @public */
export function isBusy(state: RequestState): boolean {
  return COLUMNS[state] === 'busy' || state === 'destroying';
}

/**
 * Where a request stands when a run of it has ended; undefined where another run
 * has taken over.
 * @public
 */
export function stateAfterRun(
  kind: RunKind,
  end: Exclude<RunState, 'running'>,
): RequestState | undefined {
  if (end === 'superseded') return undefined;
  if (kind === 'destroy') {
    return end === 'done' ? 'destroyed' : 'destroy_incomplete';
  }
  return end === 'done' ? 'ready' : end;
}

/**
 * Whether the key of a request in this state is taken. What was forgotten keeps
 * its name: something of it may still be there.
 * @public
 */
export function keepsName(state: RequestState): boolean {
  return state !== 'destroyed';
}
