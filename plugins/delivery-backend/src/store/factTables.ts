import {
  squashedNumber,
  type FactState,
} from '@fawkes/backstage-plugin-delivery-common';
import { factTable, ms, type FactTable } from './factTable';
import { tables } from './tables';

/** Fields every claim about a fact agrees on, because they are its key. */
function told(state: FactState): Record<string, unknown> {
  return (
    (state.whole?.event as Record<string, unknown> | undefined) ??
    Object.fromEntries(
      Object.entries(state.fields ?? {}).map(([name, { value }]) => [
        name,
        value,
      ]),
    )
  );
}

/** Spelled the normal way since the claim became a state. */
function repositoryOf(state: FactState): string {
  return String(told(state).repository);
}

/** A sha is compared in lower case, any other name as it is. */
function shaOrName(cause: string): string {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(cause)
    ? cause.toLowerCase()
    : cause;
}

const sourceOf = (state: FactState) => String(told(state).source);

export const deploymentFacts = factTable({
  type: 'deployment',
  table: tables.deploymentFacts,
  keyRow: (_, key) => ({ fact_key: key }),
  row: (record, state) => ({
    source: sourceOf(state),
    ext_id: String(told(state).id),
    service: String(told(state).service ?? ''),
    environment: String(told(state).environment),
    status: record.status ?? null,
    kind: record.kind ?? 'deploy',
    started_at: ms(record.startedAt),
    finished_at: ms(record.finishedAt),
    occurred_at: Date.parse(
      String(record.occurredAt ?? told(state).occurredAt),
    ),
    artifact: record.artifact ?? null,
    version: record.version ?? null,
    url: record.url ?? null,
    unplanned: record.unplanned ?? null,
    fixes_incident: record.fixesIncident ?? null,
    actor: record.actor ?? null,
  }),
});

export const commitFacts = factTable({
  type: 'commit',
  table: tables.commits,
  keyRow: state => ({
    repository: repositoryOf(state),
    sha: String(told(state).sha),
  }),
  row: (record, state) => {
    return {
      source: sourceOf(state),
      parents: record.parents ? JSON.stringify(record.parents) : null,
      authored_at: ms(record.authoredAt),
      committed_at: ms(record.committedAt),
      pushed_at: ms(record.pushedAt),
      paths: record.paths ? JSON.stringify(record.paths) : null,
      title: record.title ?? null,
      squash_number: squashedNumber(record.title),
      bot: record.bot ?? false,
      url: record.url ?? null,
    };
  },
});

export const pullRequestFacts = factTable({
  type: 'pull_request',
  table: tables.pullRequests,
  keyRow: state => ({
    repository: repositoryOf(state),
    number: Number(told(state).number),
  }),
  row: (record, state) => ({
    source: sourceOf(state),
    opened_at: ms(record.openedAt),
    ready_at: ms(record.readyAt),
    first_review_at: ms(record.firstReviewAt),
    approved_at: ms(record.approvedAt),
    merged_at: ms(record.mergedAt),
    closed_at: ms(record.closedAt),
    head_sha: record.headSha ?? null,
    merge_sha: record.mergeSha ?? null,
    commits: JSON.stringify(record.commits ?? []),
    title: record.title ?? null,
    url: record.url ?? null,
    bot: record.bot ?? false,
  }),
});

export const incidentFacts = factTable({
  type: 'incident',
  table: tables.incidents,
  keyRow: (_, key) => ({ fact_key: key }),
  row: (record, state) => ({
    source: sourceOf(state),
    ext_id: String(told(state).id),
    // What the mapping finds for a repository is written after it (placeIncidents).
    service: record.service ?? null,
    sent_service: record.service ?? null,
    repository: record.repository ?? null,
    opened_at: ms(record.openedAt),
    resolved_at: ms(record.resolvedAt),
    severity: record.severity ?? null,
    title: record.title ?? null,
    caused_by: record.causedBy ? shaOrName(record.causedBy) : null,
    url: record.url ?? null,
  }),
});

/** Facts the value stream will read; kept whole, not interpreted yet. */
export function otherFacts<
  T extends 'work-item' | 'work-item-transition' | 'feedback',
>(type: T): FactTable<T> {
  return factTable({
    type,
    table: tables.otherFacts,
    keyRow: (_, key) => ({ fact_key: key }),
    row: (record, state) => ({
      type,
      source: sourceOf(state),
      ext_id: String(told(state).id),
      occurred_at: Date.parse(
        String(record.occurredAt ?? told(state).occurredAt),
      ),
    }),
  });
}
