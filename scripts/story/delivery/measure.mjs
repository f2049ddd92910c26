import { DAY, HOUR } from '../lib/calendar.mjs';
import { deployedServices } from './shapes.mjs';

const WINDOW = DAY;

/**
 * Measures the story from its events alone, by the rules the portal uses, so
 * that a shape can be checked before it is sent. Answers one row for each
 * production deployment that was finished.
 */
export function measure(story, events) {
  const commits = new Map();
  const deployments = [];
  const incidents = [];
  for (const event of events) {
    if (event.kind === 'commit') commits.set(event.sha, event);
    else if (event.type === 'deployment') deployments.push(event);
    else if (event.type === 'incident') incidents.push(event);
  }
  return deployedServices(story).flatMap(service => {
    const own = deployments.filter(d => isOf(d, service, story));
    const done = service.environments.flatMap(environment =>
      judgeChain(
        own.filter(d => d.environment === environment),
        {
          service,
          commits,
        },
      ),
    );
    linkIncidents(done, incidents, service);
    return keepEarliest(done);
  });
}

function isOf(deployment, service, story) {
  if (deployment.service) {
    return deployment.service === `component:default/${service.name}`;
  }
  return deployment.repository === `${story.host}/${service.repository}`;
}

function judgeChain(chain, { service, commits }) {
  const done = chain
    .filter(d => d.status === 'success' || d.status === 'rolled_back')
    .map(event => ({
      service: service.name,
      team: service.unclaimed ? '(nobody)' : service.team,
      event,
      at: Date.parse(event.finishedAt),
      causes: [],
      changes: [],
    }))
    .sort((a, b) => a.at - b.at || (a.event.id < b.event.id ? -1 : 1));
  const covered = new Set();
  let seeded = false;
  done.forEach((row, index) => {
    const { event } = row;
    const next = done[index + 1]?.event.kind;
    if (event.status === 'rolled_back') {
      row.causes.push('rolled back');
      row.mendedAt = Date.parse(event.occurredAt);
    }
    if (next === 'rollback' || next === 'hotfix') row.causes.push(next);
    row.next = done.slice(index + 1).find(r => r.event.status === 'success');
    row.rework = ['rollback', 'hotfix'].includes(event.kind);
    if (event.status !== 'success') return;
    const found = walk(event, commits, covered);
    if (seeded) row.changes = found.filter(commit => touches(commit, service));
    seeded = true;
  });
  return done;
}

function walk(event, commits, covered) {
  const parts = event.parts ?? [event];
  const stack = parts.map(part => part.sha);
  const found = [];
  for (let sha = stack.pop(); sha; sha = stack.pop()) {
    const commit = commits.get(sha);
    if (!commit || covered.has(sha)) continue;
    covered.add(sha);
    found.push(commit);
    stack.push(...commit.parents);
  }
  return found;
}

const touches = (commit, service) =>
  !commit.paths ||
  !service.paths ||
  commit.paths.some(path =>
    service.paths.some(folder => path.startsWith(`${folder}/`)),
  );

function linkIncidents(done, incidents, service) {
  const name = `component:default/${service.name}`;
  for (const incident of incidents) {
    if (incident.service !== name) continue;
    const openedAt = Date.parse(incident.openedAt);
    const before = done.filter(row => row.at <= openedAt);
    const cause = incident.causedBy
      ? before.findLast(row => row.event.id === incident.causedBy)
      : before
          .filter(row => row.at >= openedAt - WINDOW)
          .reduce((a, b) => (a && a.at > b.at ? a : b), undefined);
    if (!cause) continue;
    cause.causes.push('incident');
    cause.incidents = [...(cause.incidents ?? []), incident];
  }
  for (const row of done) row.recovery = recoveryOf(row);
}

/** Hours until users were well again; undefined while they are not. */
function recoveryOf(row) {
  if (row.causes.length === 0) return undefined;
  const resolved = (row.incidents ?? []).map(i => Date.parse(i.resolvedAt));
  const candidates = [
    row.mendedAt,
    resolved.length ? Math.max(...resolved) : undefined,
  ];
  const mends = ['rollback', 'hotfix'].includes(row.next?.event.kind);
  if (row.next && (mends || resolved.length === 0))
    candidates.push(row.next.at);
  const known = candidates.filter(Number.isFinite);
  return known.length > 0 ? (Math.min(...known) - row.at) / HOUR : undefined;
}

/** With several production environments a change arrives with the first. */
function keepEarliest(done) {
  const arrived = new Set();
  return done
    .sort((a, b) => a.at - b.at)
    .map(row => {
      const fresh = row.changes.filter(commit => !arrived.has(commit.sha));
      fresh.forEach(commit => arrived.add(commit.sha));
      const leadHours = fresh.map(
        commit => (row.at - Date.parse(commit.committedAt)) / HOUR,
      );
      return { ...row, failed: row.causes.length > 0, leadHours };
    });
}
