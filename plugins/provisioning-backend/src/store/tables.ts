import type {
  EffectState,
  EffectType,
  Origin,
  RepositoryHost,
  RequestState,
  RunKind,
  RunState,
  ServiceState,
  ServiceType,
  UndoClass,
} from '@fawkes/backstage-plugin-provisioning-common';
import { defineTable, textOf, type RowOf } from '@fawkes/kit-backend/sql';
import { outboxTable } from '@fawkes/kit-backend/work';

/** As what somebody may: checked again before each effect. */
export type Rights = 'owner' | 'platform' | 'practice' | 'plugin';

/**
 * Every table of this plugin: what the code may rely on. Migrations make them; a
 * test compares the two.
 */
export const tables = {
  locks: defineTable({
    name: 'locks',
    columns: { name: 'text' },
    keys: ['name'],
  }),

  requests: defineTable({
    name: 'requests',
    columns: {
      id: 'text',
      kind: textOf<'service'>(),
      namespace: 'text',
      name: 'text',
      name_key: 'text?',
      owner: 'text',
      requester: 'text',
      state: textOf<RequestState>(),
      reason: 'text?',
      service_state: textOf<ServiceState>(),
      practice: 'bool',
      on_failure: textOf<'continue' | 'undo'>(),
      revision: 'int',
      run_id: 'text',
      template: 'text',
      template_version: 'text',
      type: textOf<ServiceType>(),
      host: textOf<RepositoryHost>(),
      title: 'text?',
      pending_owner: 'text?',
      ends_at: 'double?',
      end_told: 'bool',
      failed_destroys: 'int',
      forgotten: 'text?',
      blanked: 'bool',
      created_at: 'double',
      updated_at: 'double',
    },
    keys: ['id'],
  }),

  bundles: defineTable({
    name: 'bundles',
    columns: {
      digest: 'text',
      files: 'text',
      size: 'int',
      kept_at: 'double',
    },
    keys: ['digest'],
  }),

  revisions: defineTable({
    name: 'revisions',
    columns: {
      request_id: 'text',
      revision: 'int',
      spec: 'text',
      normal: 'text',
      spec_digest: 'text',
      plan_digest: 'text',
      bundle_digest: 'text',
      facts: 'text',
      changes: 'text',
      accepted_at: 'double',
      accepted_by: 'text',
    },
    keys: ['request_id', 'revision'],
  }),

  runs: defineTable({
    name: 'runs',
    columns: {
      id: 'text',
      request_id: 'text',
      root_id: 'text',
      number: 'int',
      kind: textOf<RunKind>(),
      direction: textOf<'forward' | 'back'>(),
      state: textOf<RunState>(),
      reason: 'text?',
      initiator: 'text',
      rights: textOf<Rights>(),
      revision: 'int',
      asked: textOf<'cancelled' | 'superseded'>('text?'),
      asked_at: 'double?',
      wanted_commit: 'text?',
      wanted_digest: 'text?',
      purge: 'bool',
      started_at: 'double',
      finished_at: 'double?',
      moved_at: 'double',
    },
    keys: ['id'],
  }),

  effects: defineTable({
    name: 'effects',
    columns: {
      run_id: 'text',
      id: 'text',
      request_id: 'text',
      position: 'int',
      type: textOf<EffectType>(),
      title: 'text',
      undo_class: textOf<UndoClass>(),
      undo: 'text',
      depends_on: 'text',
      undoes: 'text',
      origin: textOf<Origin>('text?'),
      state: textOf<EffectState>(),
      reason: 'text?',
      unreadable: 'bool',
      permanent: 'bool',
      needs_person: 'bool',
      attempts: 'int',
      links: 'text',
      output: 'text',
      started_at: 'double?',
      finished_at: 'double?',
      log_bytes: 'int',
      log_next: 'int',
      log_cut: 'bool',
    },
    keys: ['run_id', 'id'],
  }),

  effectLogs: defineTable({
    name: 'effect_logs',
    columns: {
      run_id: 'text',
      effect_id: 'text',
      number: 'int',
      at: 'double',
      stream: textOf<'portal' | 'out' | 'err'>(),
      text: 'text',
      bytes: 'int',
    },
    keys: ['run_id', 'effect_id', 'number'],
  }),

  leases: defineTable({
    name: 'leases',
    columns: { name: 'text', holder: 'text', token: 'int', until: 'double' },
    keys: ['name'],
  }),

  flags: defineTable({
    name: 'flags',
    columns: {
      name: textOf<'paused'>(),
      reason: 'text',
      set_by: 'text',
      set_at: 'double',
    },
    keys: ['name'],
  }),

  waitingPushes: defineTable({
    name: 'waiting_pushes',
    columns: {
      request_id: 'text',
      sha: 'text',
      pushed_by: 'text?',
      at: 'double',
    },
    keys: ['request_id'],
  }),

  toldPushes: defineTable({
    name: 'told_pushes',
    columns: { request_id: 'text', sha: 'text', at: 'double' },
    keys: ['request_id', 'sha'],
  }),

  transfers: defineTable({
    name: 'transfers',
    columns: {
      id: 'text',
      request_id: 'text',
      from_owner: 'text',
      to_owner: 'text',
      offered_by: 'text',
      offered_at: 'double',
      answered_by: 'text?',
      answered_at: 'double?',
      answer: textOf<'accepted' | 'refused' | 'withdrawn'>('text?'),
    },
    keys: ['id'],
  }),

  outbox: outboxTable('outbox'),
};

/** A request as its row has it. */
export type RequestRow = RowOf<typeof tables.requests>;
/** An accepted spec as its row has it. */
export type RevisionRow = RowOf<typeof tables.revisions>;
/** A run as its row has it. */
export type RunRow = RowOf<typeof tables.runs>;
/** An effect as its row has it. */
export type EffectRow = RowOf<typeof tables.effects>;
