import { compareText } from '@fawkes/kit-contract';
import {
  foldEnvironment,
  isShortSha,
  readCause,
  sourceOfTeller,
  squashedNumber,
  type FactState,
  type PushEvent,
} from '@fawkes/backstage-plugin-delivery-common';
import { factTable, ms, type FactTable } from './factTable';
import { tables } from './tables';

/** Fields every claim about a fact agrees on, because they are its key. */
export function told(state: FactState): Record<string, unknown> {
  const [{ whole, later, grave, fields = {} }] = tellersOf(state).map(
    name => state.sources[name],
  );
  return (
    ((whole ?? later ?? grave)?.event as unknown as
      | Record<string, unknown>
      | undefined) ??
    Object.fromEntries(
      Object.entries(fields).map(([name, { value }]) => [name, value]),
    )
  );
}

/** The name its repository is kept under, spelled the normal way. */
export function repositoryOf(state: FactState): string {
  return state.repository ?? String(told(state).repository);
}

/** Whom it is kept of, in order. */
function tellersOf(state: FactState): string[] {
  return Object.keys(state.sources).sort(compareText);
}

const sourceOf = (state: FactState) => String(told(state).source);

/** The list of them where they are several. */
function sourcesOf(state: FactState): string | null {
  const names = [...new Set(tellersOf(state).map(sourceOfTeller))];
  return names.length > 1 ? JSON.stringify(names) : null;
}

/** When a told deployment was, as `deployment_facts_time` has it. */
export const FACT_TIME = 'coalesce(finished_at, started_at, occurred_at)';

export const deploymentFacts = factTable({
  type: 'deployment',
  table: tables.deploymentFacts,
  keyRow: (_, key) => ({ fact_key: key }),
  row: (record, state, resolved) => ({
    source: sourceOf(state),
    ext_id: String(told(state).id),
    service: String(told(state).service ?? ''),
    environment: String(told(state).environment),
    chain: foldEnvironment(String(told(state).environment)),
    run: record.run ?? null,
    failed_later: resolved.status === 'known' && resolved.failedLater === true,
    status: record.status ?? null,
    // Null where nobody said: then it may be seen in what was deployed.
    kind: record.kind ?? null,
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

/** Whoever names a machine says that it is one, unless it says otherwise. */
function botOf({ bot, botName }: { bot?: boolean; botName?: string }) {
  return {
    bot: bot ?? botName !== undefined,
    bot_name: botName ?? null,
  };
}

export const commitFacts = factTable({
  type: 'commit',
  table: tables.commits,
  keyRow: state => ({
    repository: repositoryOf(state),
    sha: String(told(state).sha),
  }),
  row: (record, state, resolved) => {
    return {
      source: sourceOf(state),
      sources: sourcesOf(state),
      differing: resolved.status === 'known' && Boolean(resolved.differing),
      reverts: record.reverts ?? null,
      parents: record.parents ? JSON.stringify(record.parents) : null,
      authored_at: ms(record.authoredAt),
      committed_at: ms(record.committedAt),
      pushed_at: ms(record.pushedAt),
      paths: record.paths ? JSON.stringify(record.paths) : null,
      title: record.title ?? null,
      squash_number: squashedNumber(record.title),
      ...botOf(record),
      url: record.url ?? null,
    };
  },
});

export const pushFacts = factTable({
  type: 'push',
  table: tables.pushes,
  keyRow: (_, key) => ({ fact_key: key }),
  row: (record, state) => ({
    source: sourceOf(state),
    sources: sourcesOf(state),
    repository: repositoryOf(state),
    ref: String(told(state).ref),
    before_sha: record.before ?? null,
    after_sha: String(told(state).after),
    forced: record.forced ?? false,
    created: record.created ?? false,
    complete: isComplete(record),
    commits: JSON.stringify(record.commits ?? []),
    occurred_at: Date.parse(
      String(record.occurredAt ?? told(state).occurredAt),
    ),
  }),
});

/** Whoever says so and tells that it is not is taken at the latter word. */
function isComplete(push: Partial<PushEvent>): boolean {
  return Boolean(push.complete && push.before && !push.forced && !push.created);
}

export const pullRequestFacts = factTable({
  type: 'pull_request',
  table: tables.pullRequests,
  keyRow: state => ({
    repository: repositoryOf(state),
    number: Number(told(state).number),
  }),
  row: (record, state) => ({
    source: sourceOf(state),
    sources: sourcesOf(state),
    base_branch: record.baseBranch ?? null,
    head_branch: record.headBranch ?? null,
    reverts: record.reverts ?? null,
    labels: JSON.stringify(record.labels ?? []),
    // What pushes say is written after it (findCommits).
    found: null,
    found_by: record.commits?.length ? ('told' as const) : null,
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
    ...botOf(record),
  }),
});

/** What the cause of an incident means, and what a short sha is found by. */
export function causeOf(causedBy: string | undefined) {
  const name = causedBy === undefined ? null : readCause(causedBy);
  return {
    caused_by: name,
    cause_prefix: name && isShortSha(name) ? name.slice(0, 7) : null,
    // What it is linked to is found out by whoever derives.
    cause: name === null ? null : ('unknown' as const),
  };
}

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
    environment:
      record.environment === undefined
        ? null
        : foldEnvironment(record.environment),
    // Whether that is production, and which count, its service says (countIncidents).
    counted: record.environment === undefined,
    ...causeOf(record.causedBy),
    url: record.url ?? null,
  }),
});

/** Facts the value stream will read, and names of repositories; kept whole. */
export function otherFacts<
  T extends 'work-item' | 'work-item-transition' | 'feedback' | 'repository',
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
