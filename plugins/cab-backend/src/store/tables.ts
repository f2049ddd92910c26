import type {
  ChangeState,
  ChangeType,
  Decision,
  EnvironmentClassName,
  RiskRoute,
  VoteState,
} from '@fawkes/backstage-plugin-cab-common';
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
    environment: 'text',
    environment_class: textOf<EnvironmentClassName>('text?'),
    head_sha: 'text',
    artifact_digest: 'text?',
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

/** Every table there is. */
export const TABLES = [
  log,
  checkpoints,
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
];
