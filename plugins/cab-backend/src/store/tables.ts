import type {
  ChangeState,
  ChangeType,
  Decision,
  EnvironmentClassName,
  EvidenceKind,
  EvidenceState,
  RiskRoute,
  VoteState,
  Waivable,
} from '@fawkes/backstage-plugin-cab-common';
import type {
  DeploymentVerdict,
  TimedException,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { defineTable, textOf, type RowOf } from '@fawkes/kit-backend/sql';

/** The record: canonical bodies and their hashes, in hexadecimal digits. */
export const log = defineTable({
  name: 'cab_log',
  columns: {
    seq: 'big',
    event_id: 'text',
    body: 'text',
    leaf_hash: 'text',
    prev_hash: 'text',
    chain_hash: 'text',
  },
  keys: ['seq'],
});

export const checkpoints = defineTable({
  name: 'cab_checkpoints',
  columns: {
    size: 'big',
    root: 'text',
    note: 'text',
    /** The full parts of the tree, JSON of hexadecimal hashes. */
    parts: 'text',
    at: 'double',
  },
  keys: ['size'],
});

/** Roots over full tiles of leaves, so that a proof need not read all of them. */
export const tiles = defineTable({
  name: 'cab_tiles',
  columns: { tile: 'big', hash: 'text' },
  keys: ['tile'],
});

export const events = defineTable({
  name: 'cab_events',
  columns: {
    seq: 'big',
    event_id: 'text',
    change_id: 'text',
    change_seq: 'int',
    type: 'text',
    actor: 'text',
    state: textOf<ChangeState>(),
    at: 'double',
  },
  keys: ['seq'],
});

export const texts = defineTable({
  name: 'cab_texts',
  columns: { event_id: 'text', salt: 'text', text: 'text' },
  keys: ['event_id'],
});

export const changes = defineTable({
  name: 'cab_changes',
  columns: {
    id: 'text',
    type: textOf<ChangeType>(),
    state: textOf<ChangeState>(),
    entity_ref: 'text',
    entity_title: 'text',
    owner_ref: 'text?',
    /** JSON of `EntityTraits`; null for what was asked for before there were any. */
    traits: 'text?',
    environment: 'text',
    environment_class: textOf<EnvironmentClassName>('text?'),
    head_sha: 'text',
    artifact_digest: 'text?',
    /** 1 for what was made to show how this works. */
    sample: 'int',
    title: 'text',
    submitter: 'text',
    revision: 'int',
    round: 'int',
    pack_digest: 'text',
    risk_result_hash: 'text?',
    score: 'int?',
    route: textOf<RiskRoute>('text?'),
    /** JSON of a `Requirement`. */
    requirement: 'text?',
    window_from: 'double?',
    window_to: 'double?',
    created_at: 'double',
    updated_at: 'double',
    expires_at: 'double?',
    /** Since when people are asked; null while nobody is. */
    review_since: 'double?',
    /** How long they were asked before that, ms. */
    review_used: 'double',
    /** How many steps its clock has taken. */
    clock_step: 'int',
    /** Entity, environment and sha while it is unfinished: one at a time. */
    twin_key: 'text?',
    /** How many entries of the record are about it, and the leaf of the last. */
    event_count: 'int',
    event_leaf: 'text',
  },
  keys: ['id'],
});
export type ChangeRow = RowOf<typeof changes>;

export const revisions = defineTable({
  name: 'cab_revisions',
  columns: {
    change_id: 'text',
    revision: 'int',
    title: 'text',
    description: 'text',
    window_from: 'double?',
    window_to: 'double?',
    author: 'text',
    at: 'double',
    pack_digest: 'text',
    /** JSON of a `ScoredRevision`. */
    scored: 'text?',
  },
  keys: ['change_id', 'revision'],
});
export type RevisionRow = RowOf<typeof revisions>;

export const votes = defineTable({
  name: 'cab_votes',
  columns: {
    id: 'text',
    change_id: 'text',
    user_ref: 'text',
    round: 'int',
    decision: textOf<Decision>(),
    revision: 'int',
    pack_digest: 'text',
    risk_result_hash: 'text',
    state: textOf<VoteState>(),
    /** JSON of the words that say why it does not count. */
    why: 'text?',
    event_id: 'text',
    at: 'double',
    /** Change request, round and person while it is live: one at a time. */
    live_key: 'text?',
    /** Who cast it for them; null where they did so themselves. */
    cast_by: 'text?',
  },
  keys: ['id'],
});
export type VoteRow = RowOf<typeof votes>;

export const recusals = defineTable({
  name: 'cab_recusals',
  columns: { change_id: 'text', user_ref: 'text', at: 'double' },
  keys: ['change_id', 'user_ref'],
});

export const people = defineTable({
  name: 'cab_people',
  columns: { user_ref: 'text', person: 'text', read_at: 'double' },
  keys: ['user_ref'],
});

export const facts = defineTable({
  name: 'cab_facts',
  columns: { change_id: 'text', inputs: 'text', read_at: 'double' },
  keys: ['change_id'],
});

export const allows = defineTable({
  name: 'cab_allows',
  columns: {
    id: 'text',
    change_id: 'text',
    run_url: 'text',
    stage: 'text',
    caller: 'text',
    at: 'double',
    expires_at: 'double',
    cancelled_at: 'double?',
    /** When the run started; null until then. */
    spent_at: 'double?',
  },
  keys: ['id'],
});

export const answers = defineTable({
  name: 'cab_answers',
  columns: {
    entity_ref: 'text',
    environment: 'text',
    code: 'text',
    /** First instant of the day (UTC), ms. */
    day: 'double',
    count: 'int',
    last_at: 'double',
  },
  keys: ['entity_ref', 'environment', 'code', 'day'],
});

/** Bytes of evidence, and whether all of them are there. */
export const uploads = defineTable({
  name: 'cab_evidence_uploads',
  columns: {
    id: 'text',
    at: 'double',
    /** Set once all bytes are there: nobody finds half of them. */
    sha256: 'text?',
    size: 'int',
  },
  keys: ['id'],
});

/** The bytes of an upload, piece by piece. */
export const chunks = defineTable({
  name: 'cab_evidence_chunks',
  columns: { upload: 'text', part: 'int', bytes: 'bytes' },
  keys: ['upload', 'part'],
});

/** Pieces of evidence, and in which revisions they are. */
export const evidence = defineTable({
  name: 'cab_evidence',
  columns: {
    id: 'text',
    change_id: 'text',
    kind: textOf<EvidenceKind>(),
    sha256: 'text',
    size: 'int',
    media_type: 'text',
    state: textOf<EvidenceState>(),
    /** JSON of the words that say why it is not verified. */
    why: 'text?',
    /** JSON of what it says. */
    says: 'text?',
    /** An entity ref, or `ci:<issuer>#<subject>`. */
    producer: 'text',
    /** The artifact a pipeline says it is about. */
    subject: 'text?',
    produced_at: 'double',
    received_at: 'double',
    /** The first revision whose pack it is in; null for one kept beside. */
    from_revision: 'int?',
    /** The first revision whose pack it is no longer in. */
    to_revision: 'int?',
    /** 1 for what joins the next revision. */
    waiting: 'int',
    /** The exception that stands in its place; null for a piece that shows something. */
    exception_id: 'text?',
  },
  keys: ['id'],
});
export type EvidenceRow = RowOf<typeof evidence>;

/** Exceptions, and what has become of each. */
export const exceptions = defineTable({
  name: 'cab_exceptions',
  columns: {
    id: 'text',
    entity_ref: 'text',
    entity_title: 'text',
    owner_ref: 'text?',
    environment: 'text',
    waives: textOf<Waivable>(),
    finding: 'text?',
    starts_at: 'double',
    expires_at: 'double',
    requester: 'text',
    /** JSON of who that was, as the catalog knew them then. */
    asker: 'text',
    requested_at: 'double',
    /** Its text has what people wrote, as JSON. */
    request_event: 'text',
    /** How many of the same came right before it. */
    extension: 'int',
    state: textOf<TimedException['state']>(),
    decided_by: 'text?',
    /** JSON of who decided, as the catalog knew them then. */
    decider: 'text?',
    decided_at: 'double?',
    decision_event: 'text?',
    ended_by: 'text?',
    ended_at: 'double?',
    end_event: 'text?',
    /** When what made use of it had been taken back. */
    closed_at: 'double?',
    /** How many reminders of its end were given. */
    reminded: 'int',
    /** What it is for, while nobody has decided: one at a time. */
    open_key: 'text?',
    /** How many entries of the record are about it, and the leaf of the last. */
    event_count: 'int',
    event_leaf: 'text',
  },
  keys: ['id'],
});
export type ExceptionRow = RowOf<typeof exceptions>;

/** Who of the board votes for whom, and when. */
export const delegations = defineTable({
  name: 'cab_delegations',
  columns: {
    id: 'text',
    from_ref: 'text',
    to_ref: 'text',
    starts_at: 'double',
    ends_at: 'double',
    at: 'double',
    request_event: 'text',
    ended_by: 'text?',
    ended_at: 'double?',
    /** How many entries of the record are about it, and the leaf of the last. */
    event_count: 'int',
    event_leaf: 'text',
  },
  keys: ['id'],
});
export type DelegationRow = RowOf<typeof delegations>;

/** Deployments as delivery tells them, and what they were to change approval. */
export const deployments = defineTable({
  name: 'cab_deployments',
  columns: {
    /** Delivery's. */
    key: 'text',
    entity_ref: 'text',
    entity_title: 'text',
    environment: 'text',
    sha: 'text?',
    artifact: 'text?',
    status: 'text',
    started_at: 'double?',
    seen_at: 'double',
    verdict: textOf<DeploymentVerdict>(),
    /** The change request it belongs to, or that was made of it. */
    change_id: 'text?',
    /** What delivery is to show beside it; null for nothing. */
    label: 'text?',
    /** When delivery had taken it; null while it has not. */
    labelled_at: 'double?',
  },
  keys: ['key'],
});
export type DeploymentRow = RowOf<typeof deployments>;

/** How far what others tell was read. */
export const cursors = defineTable({
  name: 'cab_cursors',
  columns: { name: 'text', value: 'text' },
  keys: ['name'],
});

/** Every table there is. */
export const TABLES = [
  uploads,
  chunks,
  evidence,
  exceptions,
  delegations,
  log,
  checkpoints,
  tiles,
  events,
  texts,
  changes,
  revisions,
  votes,
  recusals,
  people,
  facts,
  allows,
  answers,
  deployments,
  cursors,
];
