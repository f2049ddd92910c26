import type { Knex } from 'knex';
import {
  leadTimeOf,
  say,
  squashedNumber,
  STAGES,
  stagesOf,
  unknownFigure,
  type ChangeResponse,
  type ContainedChange,
} from '@fawkes/backstage-plugin-delivery-common';
import { changeKey, parseChangeKey } from '../store/keys';
import { isRebuilding } from '../store/rebuild';
import { readNames } from '../store/repositoryNames';
import type { Stored } from '../store/tables';
import {
  iso,
  isoOrNull,
  type PersonalContext,
  type ReadContext,
} from './context';
import { titlesOf, toSummary } from './deployments';
import { shownRepositories } from './visibility';

const MOST_CHANGES = 1_000;

/**
 * What a deployment brought first: commits, and pull requests known without.
 * What it brought from repositories of hidden services is left out.
 */
export async function changesOfDeployment(
  deployment: string,
  context: PersonalContext,
): Promise<{ changes: ContainedChange[]; hidden: boolean; cut: boolean }> {
  const { db } = context;
  const hidden = await hiddenRepositoriesOf(deployment, context);
  const found: TitledLink[] = await db('links')
    .leftJoin('commits', join =>
      join
        .on('commits.repository', '=', 'links.repository')
        .on('commits.sha', '=', 'links.change_id'),
    )
    .where({
      deployment_key: deployment,
      kind: 'commit',
      coverage: 'contained',
    })
    .whereNotIn('links.repository', hidden)
    .orderBy([{ column: 'links.committed_at', order: 'desc' }, 'change_id'])
    .limit(MOST_CHANGES + 1)
    .select('links.*', 'commits.title', 'commits.url');
  const links = found.slice(0, MOST_CHANGES);
  const { pulls, cut } = await pullsOf(db, deployment, hidden, links);
  const commits = links.map(link => {
    const pull = pulls.find(
      candidate =>
        candidate.repository === link.repository &&
        candidate.shas.has(link.change_id),
    );
    return toChange(link, pull ?? null);
  });
  const shown = new Set(
    links.map(link => `${link.repository}@${link.change_id}`),
  );
  const alone = pulls.filter(
    pull => ![...pull.shas].some(sha => shown.has(`${pull.repository}@${sha}`)),
  );
  return {
    changes: [
      ...commits,
      ...alone.map(pull => toChange(pull.link, null, pull)),
    ],
    hidden: hidden.length > 0,
    cut: cut || found.length > MOST_CHANGES,
  };
}

/** Where its changes are from, as far as only hidden services live there. */
async function hiddenRepositoriesOf(
  deployment: string,
  context: PersonalContext,
): Promise<string[]> {
  const rows: Array<Pick<Stored<'links'>, 'repository'>> = await context
    .db('links')
    .where('deployment_key', deployment)
    .where(query =>
      query.where('coverage', 'contained').orWhere('kind', 'pull_request'),
    )
    .distinct('repository');
  const names = rows.map(row => row.repository);
  const shown = await shownRepositories(names, context);
  return names.filter(name => !shown.has(name));
}

/** A link with what its change is called. */
type TitledLink = Stored<'links'> & Pick<Stored<'commits'>, 'title' | 'url'>;

/** What else a pull request tells. */
type OfPull = Pick<
  Stored<'pullRequests'>,
  'number' | 'merge_sha' | 'commits' | 'found'
>;

/** A change as it was told. */
type ToldChange = Stored<'commits'> | Stored<'pullRequests'>;

interface PullOfDeployment {
  repository: string;
  number: number;
  title: string | null;
  url: string | null;
  shas: Set<string>;
  link: TitledLink;
}

async function pullsOf(
  db: Knex,
  deployment: string,
  hidden: readonly string[],
  commits: readonly TitledLink[],
): Promise<{ pulls: PullOfDeployment[]; cut: boolean }> {
  const rows: Array<TitledLink & OfPull> = await db('links')
    .innerJoin('pull_requests', join =>
      join
        .on('pull_requests.repository', '=', 'links.repository')
        .on(db.raw('cast(pull_requests.number as text) = links.change_id')),
    )
    .where({ deployment_key: deployment, kind: 'pull_request' })
    .whereNotIn('links.repository', [...hidden])
    // A commit in several is of the one that was merged first.
    .orderBy([
      'links.repository',
      'pull_requests.merged_at',
      'pull_requests.number',
    ])
    .limit(MOST_CHANGES + 1)
    .select(
      'links.*',
      'pull_requests.number',
      'pull_requests.title',
      'pull_requests.url',
      'pull_requests.merge_sha',
      'pull_requests.commits',
      'pull_requests.found',
    );
  const squashed = new Map<string, string>();
  for (const commit of commits) {
    const number = squashedNumber(commit.title);
    if (number !== null) {
      squashed.set(`${commit.repository}#${number}`, commit.change_id);
    }
  }
  const pulls = rows.slice(0, MOST_CHANGES).map(row => {
    const shas = new Set(commitsOf(row));
    if (row.merge_sha) shas.add(row.merge_sha);
    const squash = squashed.get(`${row.repository}#${row.number}`);
    if (squash) shas.add(squash);
    return {
      repository: row.repository,
      number: row.number,
      title: row.title,
      url: row.url,
      shas,
      link: row,
    };
  });
  return { pulls, cut: rows.length > MOST_CHANGES };
}

/** What a pull request is made of, by its sender, else by the pushes to its branch. */
function commitsOf({
  commits,
  found,
}: Pick<Stored<'pullRequests'>, 'commits' | 'found'>): string[] {
  return JSON.parse(found ?? commits);
}

function toChange(
  link: TitledLink,
  pull: PullOfDeployment | null,
  own?: PullOfDeployment,
): ContainedChange {
  const timing = timingOf(link);
  return {
    key: changeKey(link.kind, link.repository, link.change_id),
    kind: link.kind,
    repository: link.repository,
    id: link.change_id,
    title: own?.title ?? link.title ?? null,
    url: own?.url ?? link.url ?? null,
    committedAt: isoOrNull(link.committed_at),
    ...timing,
    pullRequest: pull
      ? { number: pull.number, title: pull.title, url: pull.url }
      : null,
  };
}

/** Lead time and stages of a link, by the default switches. */
function timingOf(
  link: Stored<'links'>,
): Pick<ContainedChange, 'leadSeconds' | 'clamped' | 'stages'> {
  const start = link.committed_at;
  if (start === null) {
    return {
      leadSeconds: unknownFigure(say('change.lead.no_time')),
      clamped: false,
      stages: [],
    };
  }
  const lead = leadTimeOf(start, link.finished_at);
  const stages = stagesOf(
    start,
    {
      openedAt: link.opened_at,
      readyAt: link.ready_at,
      firstReviewAt: link.first_review_at,
      approvedAt: link.approved_at,
      mergedAt: link.merged_at,
    },
    link.finished_at,
  );
  return {
    leadSeconds: { value: lead.seconds },
    clamped: lead.clamped,
    stages: STAGES.map(stage => ({ stage, seconds: stages[stage] })),
  };
}

/** The services on which it depends who may see a change. */
export interface ServicesOfChange {
  /** They live in its repository. */
  owners: string[];
  /** It is deployed to them. */
  reached: string[];
}

/** Finds the services a change has to do with. */
export async function servicesOfChange(
  db: Knex,
  change: { kind: string; repository: string; id: string },
): Promise<ServicesOfChange> {
  const linked = await db('links')
    .where({
      kind: change.kind,
      repository: change.repository,
      change_id: change.id,
    })
    .distinct('service_ref');
  const mapped = await db('service_repositories')
    .where('repository', change.repository)
    .select('service_ref');
  return {
    owners: mapped.map(row => row.service_ref),
    reached: linked.map(row => row.service_ref),
  };
}

/**
 * Whether a change may be shown: it is seen with its repository, wherever it was
 * deployed to; in one that no service claims, with a service it reached.
 */
export function isChangeShown(
  { owners, reached }: ServicesOfChange,
  visible: ReadonlySet<string>,
): boolean {
  const telling = owners.length > 0 ? owners : reached;
  return telling.some(ref => visible.has(ref));
}

/**
 * The change a key names, which may be older than the name of its repository;
 * undefined when it is no key.
 */
export async function findChange(
  db: Knex,
  key: string,
): Promise<ReturnType<typeof parseChangeKey>> {
  const named = parseChangeKey(key);
  if (!named) return undefined;
  const names = await readNames(db);
  return { ...named, repository: names.now(named.repository) };
}

/** One change with its instants and where it went; undefined when unknown. */
export async function readChange(
  change: { kind: 'commit' | 'pull_request'; repository: string; id: string },
  visible: ReadonlySet<string>,
  context: ReadContext,
): Promise<ChangeResponse | undefined> {
  const { db, now } = context;
  const fact: ToldChange | undefined =
    change.kind === 'commit'
      ? await db('commits')
          .where({ repository: change.repository, sha: change.id })
          .first('*')
      : await db('pull_requests')
          .where({ repository: change.repository, number: Number(change.id) })
          .first('*');
  const links: Array<Stored<'links'>> = await db('links')
    .where({
      kind: change.kind,
      repository: change.repository,
      change_id: change.id,
      counted: true,
    })
    .whereIn('service_ref', [...visible])
    .orderBy(['finished_at', 'service_ref']);
  if ((!fact || fact.known !== 'known') && links.length === 0) return undefined;
  const rows: Array<Stored<'deployments'>> = await db('deployments').whereIn(
    'key',
    links.map(link => link.deployment_key),
  );
  const byKey = new Map(rows.map(row => [row.key, row]));
  const titles = await titlesOf(
    db,
    rows.map(row => row.service_ref),
  );
  return {
    asOf: iso(now),
    rebuilding: await isRebuilding(db),
    change: {
      key: changeKey(change.kind, change.repository, change.id),
      kind: change.kind,
      repository: change.repository,
      id: change.id,
      title: fact?.title ?? null,
      url: fact?.url ?? null,
      timeline: timelineOf(fact, links[0]),
      commits: fact && 'commits' in fact ? commitsOf(fact) : [],
    },
    deployments: links.flatMap(link => {
      const row = byKey.get(link.deployment_key);
      if (!row) return [];
      const { leadSeconds, stages } = timingOf(link);
      return [
        { deployment: toSummary(row, titles, context), leadSeconds, stages },
      ];
    }),
  };
}

const INSTANTS = {
  authored_at: 'authored',
  committed_at: 'committed',
  pushed_at: 'pushed',
  opened_at: 'opened',
  ready_at: 'ready',
  first_review_at: 'firstReview',
  approved_at: 'approved',
  merged_at: 'merged',
  closed_at: 'closed',
} as const;

type Column = keyof typeof INSTANTS;

function timelineOf(
  fact: Partial<Record<Column, number | null>> = {},
  link: Partial<Record<Column, number | null>> = {},
): ChangeResponse['change']['timeline'] {
  return (Object.keys(INSTANTS) as Column[])
    .flatMap(column => {
      const at = fact[column] ?? link[column] ?? null;
      return at === null ? [] : [{ name: INSTANTS[column], at }];
    })
    .sort((a, b) => a.at - b.at)
    .map(({ name, at }) => ({ name, at: iso(at) }));
}
