import type {
  CommitEvent,
  DeploymentEvent,
  DeliveryEvent,
  IncidentEvent,
  PullRequestEvent,
} from '@fawkes/backstage-plugin-delivery-common';
import { Random } from '../lib/random';
import {
  BEGIN,
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  NOW,
  type ServicePlan,
  type StoryPlan,
} from './world';

const SOURCE = 'github';
const PULLS_PER_DEPLOYMENT = 2.45;
const DIRECT_COMMITS_PER_DEPLOYMENT = 0.25;

/** Where a story stands, so that it can be told on later. */
export interface StoryTail {
  head: string | null;
  pulls: number;
  releases: number;
  lastAt: number;
}

/** The canonical events of one deployment and what it brings. */
export interface Release {
  commits: CommitEvent[];
  pulls: PullRequestEvent[];
  deployment: DeploymentEvent;
  incidents: IncidentEvent[];
}

/**
 * Tells the history of one repository and its service(s): pull requests with
 * log-normal stages, merged (65 %) or squashed (35 %), some commits without
 * one, deployed in bursts; about 5 % of deployments fail.
 */
export class Story {
  readonly #plan: StoryPlan;
  readonly #random: Random;
  readonly #service: ServicePlan;
  readonly #live: boolean;
  #tail: StoryTail;

  /** @param tail - where an earlier story ended; this one goes on from there */
  constructor(plan: StoryPlan, tail?: StoryTail) {
    this.#plan = plan;
    this.#live = tail !== undefined;
    this.#service = plan.services[0];
    this.#tail = tail ?? { head: null, pulls: 0, releases: 0, lastAt: BEGIN };
    this.#random = new Random(...plan.seed, this.#tail.releases);
  }

  get tail(): StoryTail {
    return { ...this.#tail };
  }

  /** All of the three years. */
  *history(): Generator<Release> {
    let mending: DeploymentEvent['kind'] | undefined;
    for (const at of deploymentTimes(this.#random, this.#plan.deployments)) {
      const release = this.release(at, mending);
      mending = undefined;
      if (
        release.deployment.status === 'success' &&
        this.#random.chance(0.01)
      ) {
        mending = this.#random.chance(0.5) ? 'hotfix' : 'rollback';
      }
      yield release;
    }
  }

  /** The next deployment, finished at this instant. */
  release(at: number, kind?: DeploymentEvent['kind']): Release {
    const random = this.#random;
    const { repository } = this.#service;
    const since = Math.max(this.#tail.lastAt, at - 5 * DAY_MS);
    const commits: CommitEvent[] = [];
    const pulls: PullRequestEvent[] = [];
    const merges = Array.from(
      {
        length: kind === 'rollback' ? 0 : random.poisson(PULLS_PER_DEPLOYMENT),
      },
      () => at - 12 * MINUTE_MS - random.next() * Math.max(0, at - since),
    ).sort((a, b) => a - b);
    for (const mergedAt of merges) this.#pull(mergedAt, commits, pulls);
    const direct =
      this.#tail.head === null
        ? 1
        : random.poisson(DIRECT_COMMITS_PER_DEPLOYMENT);
    for (let i = 0; i < direct; i++) {
      commits.push(this.#commit(at - random.logNormal(25, 0.8) * MINUTE_MS));
      this.#tail.head = commits[commits.length - 1].sha;
    }
    this.#tail.releases += 1;
    this.#tail.lastAt = at;
    const deployment = this.#deployment(at, repository, kind);
    return {
      commits,
      pulls,
      deployment,
      incidents: this.#incidents(deployment, at),
    };
  }

  #deployment(
    at: number,
    repository: string,
    kind: DeploymentEvent['kind'],
  ): DeploymentEvent {
    const random = this.#random;
    const fate = random.next();
    const finishedAt = instant(at);
    return {
      type: 'deployment',
      source: SOURCE,
      id: `${repository}/runs/${this.#tail.releases}`,
      occurredAt: finishedAt,
      ...(this.#service.named ? { service: this.#service.ref } : {}),
      environment: 'production',
      status: statusOf(fate),
      startedAt: instant(at - random.logNormal(6, 0.5) * MINUTE_MS),
      finishedAt,
      repository,
      sha: this.#tail.head!,
      version: `1.${this.#tail.releases}.0`,
      ...(kind ? { kind } : {}),
      url: `https://${repository}/actions/runs/${this.#tail.releases}`,
    };
  }

  #incidents(deployment: DeploymentEvent, at: number): IncidentEvent[] {
    const random = this.#random;
    if (deployment.status !== 'success' || !random.chance(0.032)) return [];
    // Nobody tells the future: what goes on now is put down to the deployment before.
    const openedAt = this.#live
      ? at - MINUTE_MS
      : at + random.logNormal(35, 0.9) * MINUTE_MS;
    const resolvedAt = openedAt + random.logNormal(50, 1) * MINUTE_MS;
    const resolved = !this.#live && resolvedAt < NOW;
    if (!this.#live && openedAt >= NOW) return [];
    return [
      {
        type: 'incident',
        source: 'pagerduty',
        id: `Q-${deployment.id}`,
        occurredAt: instant(resolved ? resolvedAt : openedAt),
        service: random.pick(this.#plan.services).ref,
        openedAt: instant(openedAt),
        ...(resolved ? { resolvedAt: instant(resolvedAt) } : {}),
        severity: random.pick(['low', 'high']),
        title: 'Error budget burns too fast',
        ...(random.chance(0.1) && !this.#live
          ? { causedBy: deployment.id }
          : {}),
      },
    ];
  }

  #pull(
    mergedAt: number,
    commits: CommitEvent[],
    pulls: PullRequestEvent[],
  ): void {
    const random = this.#random;
    const { repository } = this.#service;
    const number = (this.#tail.pulls += 1);
    const approvedAt = mergedAt - random.logNormal(40, 1.1) * MINUTE_MS;
    const reviewedAt = approvedAt - random.logNormal(2, 1.2) * HOUR_MS;
    const openedAt = reviewedAt - random.logNormal(4, 1.3) * HOUR_MS;
    const firstAt = openedAt - random.logNormal(5, 1.2) * HOUR_MS;
    const count = 1 + random.poisson(1.8);
    const squash = random.chance(0.35);
    const title = `Change ${number} of ${this.#service.ref.slice(18)}`;
    const branch: string[] = [];
    let parent = this.#tail.head;
    for (let i = 0; i < count; i++) {
      const at = firstAt + ((openedAt - firstAt) * i) / count;
      const commit = this.#commit(at, parent ? [parent] : []);
      branch.push(commit.sha);
      parent = commit.sha;
      if (!squash) commits.push(commit);
    }
    const merge = this.#commit(
      mergedAt,
      [
        ...(this.#tail.head ? [this.#tail.head] : []),
        ...(squash ? [] : [parent!]),
      ],
      squash ? `${title} (#${number})` : `Merge pull request #${number}`,
    );
    commits.push(merge);
    this.#tail.head = merge.sha;
    pulls.push({
      type: 'change',
      kind: 'pull_request',
      source: SOURCE,
      id: `${repository}#${number}`,
      occurredAt: instant(mergedAt),
      repository,
      number,
      openedAt: instant(openedAt),
      firstReviewAt: instant(reviewedAt),
      approvedAt: instant(approvedAt),
      mergedAt: instant(mergedAt),
      closedAt: instant(mergedAt),
      baseBranch: 'main',
      headSha: parent!,
      mergeSha: merge.sha,
      commits: branch,
      labels: [],
      title,
      url: `https://${repository}/pull/${number}`,
    });
  }

  #commit(
    at: number,
    parents: string[] = this.#tail.head ? [this.#tail.head] : [],
    title = 'Say what is meant',
  ): CommitEvent {
    const sha = this.#random.sha();
    const committedAt = instant(at);
    return {
      type: 'change',
      kind: 'commit',
      source: SOURCE,
      id: sha,
      occurredAt: committedAt,
      repository: this.#service.repository,
      sha,
      parents,
      authoredAt: committedAt,
      committedAt,
      title,
    };
  }
}

/** The events of a release in the order they happen. */
export function eventsOf(release: Release): DeliveryEvent[] {
  return [
    ...release.commits,
    ...release.pulls,
    release.deployment,
    ...release.incidents,
  ];
}

function statusOf(fate: number): DeploymentEvent['status'] {
  if (fate < 0.97) return 'success';
  return fate < 0.99 ? 'failure' : 'rolled_back';
}

/**
 * When a service deploys: on working days, more from year to year, some weeks
 * much more than others.
 */
function deploymentTimes(random: Random, count: number): number[] {
  const days = Math.floor((NOW - BEGIN) / DAY_MS);
  const sums: number[] = [];
  let sum = 0;
  let burst = 1;
  for (let day = 0; day < days; day++) {
    if (day % 7 === 0) burst = random.logNormal(1, 0.7);
    const weekday = new Date(BEGIN + day * DAY_MS).getUTCDay();
    const weekend = weekday === 0 || weekday === 6;
    sum += burst * (weekend ? 0.06 : 1) * (1 + (0.5 * day) / days);
    sums.push(sum);
  }
  const begin = BEGIN - (BEGIN % DAY_MS);
  const times = new Set<number>();
  while (times.size < count) {
    const target = random.next() * sum;
    let low = 0;
    let high = days - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] < target) low = middle + 1;
      else high = middle;
    }
    const hour = Math.min(22, Math.max(1, 13.5 + 3 * random.normal()));
    times.add(begin + low * DAY_MS + Math.round(hour * HOUR_MS));
  }
  return [...times].sort((a, b) => a - b);
}

function instant(ms: number): string {
  return new Date(Math.round(ms)).toISOString();
}
