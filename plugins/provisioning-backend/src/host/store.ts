import type { StopReason } from '@fawkes/backstage-plugin-provisioning-common';
import { defineTable, textOf, type RowOf } from '@fawkes/kit-backend/sql';
import type { BuildStep } from '../local';

/** The one computer that keeps repositories and runs services. */
export const hostTable = defineTable({
  name: 'local_host',
  columns: { id: 'text', machine: 'text', boot_id: 'text?', git_port: 'int?' },
  keys: ['id'],
});

/** Repositories on disk. */
export const repositories = defineTable({
  name: 'local_repositories',
  columns: {
    id: 'text',
    request_id: 'text?',
    namespace: 'text',
    name: 'text',
    origin: textOf<'created' | 'adopted'>(),
    made_at: 'double?',
    told_main: 'text?',
    read_main: 'text?',
    written_revision: 'int?',
    written_commit: 'text?',
    in_catalog: 'bool',
  },
  keys: ['id'],
});
export type RepositoryRow = RowOf<typeof repositories>;

/** Updates that wait for a review. */
export const proposals = defineTable({
  name: 'local_proposals',
  columns: {
    request_id: 'text',
    revision: 'int',
    branch: 'text',
    base: 'text',
    tip: 'text',
    rendered: 'text',
    conflicts: 'text',
    merged: 'bool',
  },
  keys: ['request_id', 'revision'],
});
export type ProposalRow = RowOf<typeof proposals>;

/** Services that run or ran here. */
export const services = defineTable({
  name: 'local_services',
  columns: {
    request_id: 'text',
    state: textOf<'starting' | 'healthy' | 'unhealthy' | 'stopped'>(),
    reason: textOf<StopReason>('text?'),
    release: 'text?',
    port: 'int?',
    since: 'double',
  },
  keys: ['request_id'],
});
export type ServiceRecord = RowOf<typeof services>;

/** Processes that were started. */
export const children = defineTable({
  name: 'local_children',
  columns: { pid: 'int', start_time: 'text' },
  keys: ['pid', 'start_time'],
});

/** What became of a commit that was built. */
export const builds = defineTable({
  name: 'local_builds',
  columns: {
    request_id: 'text',
    commit_sha: 'text',
    green: 'bool',
    digest: 'text?',
    failed: textOf<BuildStep>('text?'),
    why: 'text?',
    seconds: 'text',
    built_at: 'double',
  },
  keys: ['request_id', 'commit_sha'],
});
export type BuildRow = RowOf<typeof builds>;

/** What was deployed here, each time. */
export const releases = defineTable({
  name: 'local_releases',
  columns: {
    request_id: 'text',
    run_id: 'text',
    part: textOf<'deploy' | 'back'>(),
    digest: 'text',
    commit_sha: 'text',
    kind: textOf<'deploy' | 'rollback'>(),
    state: textOf<'deploying' | 'healthy' | 'failed' | 'superseded'>(),
    reason: 'text?',
    at: 'double',
    by: 'text',
  },
  keys: ['request_id', 'run_id', 'part'],
});
export type ReleaseRow = RowOf<typeof releases>;

/** Passwords for git, by their hash. */
export const gitTokens = defineTable({
  name: 'local_git_tokens',
  columns: {
    hash: 'text',
    user_ref: 'text',
    request_id: 'text',
    expires_at: 'double',
  },
  keys: ['hash'],
});

/** What the catalog is told of a repository. */
export const entities = defineTable({
  name: 'local_entities',
  columns: {
    request_id: 'text',
    kind: textOf<'Component' | 'API'>(),
    commit_sha: 'text',
    entity: 'text',
  },
  keys: ['request_id', 'kind'],
});

/** What of a pushed file was not taken over. */
export const findings = defineTable({
  name: 'local_findings',
  columns: { request_id: 'text', number: 'int', words: 'text' },
  keys: ['request_id', 'number'],
});

/** Kept bundles of deleted repositories. */
export const attic = defineTable({
  name: 'local_attic',
  columns: {
    request_id: 'text',
    file_name: 'text',
    size: 'double',
    sha256: 'text',
    kept_until: 'double',
  },
  keys: ['request_id'],
});

/** Every table of the local host, for tests. */
export const hostTables = [
  hostTable,
  repositories,
  proposals,
  services,
  children,
  builds,
  releases,
  gitTokens,
  entities,
  findings,
  attic,
];
