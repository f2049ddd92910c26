import { compareText } from '@fawkes/kit-contract';
import { partsHash, type ServiceDeployment } from './serviceDeployment';

/**
 * Makes one deployment of what is one: facts of one source that have the same id
 * in one chain, however that is spelled, and the jobs of one run there. Which of
 * them counts is said by their finish, then by their id; their lists are united.
 */
export function uniteMembers(
  deployments: readonly ServiceDeployment[],
  { countJobs }: { countJobs: boolean },
): ServiceDeployment[] {
  const groups = new Map<string, ServiceDeployment[]>();
  for (const deployment of deployments) {
    const { source, chain, id, run } = deployment;
    const name = JSON.stringify([
      source,
      chain,
      ...(run === null || countJobs ? ['id', id] : ['run', run]),
    ]);
    const group = groups.get(name);
    if (group) group.push(deployment);
    else groups.set(name, [deployment]);
  }
  return [...groups.values()].map(group =>
    group.length === 1 ? group[0] : unite(group),
  );
}

/** Members by their finish, then by id; what has not finished comes last. */
function compareMembers(a: ServiceDeployment, b: ServiceDeployment): number {
  const [x, y] = [a.finishedAt ?? Infinity, b.finishedAt ?? Infinity];
  return (
    (x === y ? 0 : x - y) ||
    compareText(a.id, b.id) ||
    compareText(a.key, b.key)
  );
}

function unite(group: readonly ServiceDeployment[]): ServiceDeployment {
  const members = [...group].sort(compareMembers);
  const { counts, status, failedLater } = outcomeOf(members);
  const rest = members.filter(member => member !== counts);
  const all = [counts, ...rest];
  const first = <K extends keyof ServiceDeployment>(name: K) =>
    all.map(member => member[name]).find(value => value !== null) ??
    counts[name];
  const parts = unitedParts(all);
  const started = all.flatMap(({ startedAt }) => startedAt ?? []);
  const newest = all.reduce((a, b) =>
    b.occurredAt > a.occurredAt ||
    (b.occurredAt === a.occurredAt &&
      compareText(b.environment, a.environment) > 0)
      ? b
      : a,
  );
  const back = members.find(member => member.status === status) ?? counts;
  return {
    ...counts,
    environment: newest.environment,
    status,
    failedLater,
    occurredAt: status === 'rolled_back' ? back.occurredAt : counts.occurredAt,
    kind: first('kind'),
    startedAt: started.length > 0 ? Math.min(...started) : null,
    artifact: first('artifact'),
    version: first('version'),
    url: first('url'),
    unplanned: first('unplanned'),
    fixesIncident: first('fixesIncident'),
    actor: first('actor'),
    parts,
    toldParts: partsHash(parts),
    members: rest.map(({ key, factKey, id, at }) => ({ key, factKey, id, at })),
  };
}

/**
 * The member that counts and how all of them ended: any success with any failure
 * was in production and failed; failures alone never were. Cancelled ones do not
 * matter beside others.
 */
function outcomeOf(members: readonly ServiceDeployment[]): {
  counts: ServiceDeployment;
} & Pick<ServiceDeployment, 'status' | 'failedLater'> {
  const having = (
    ...statuses: ReadonlyArray<ServiceDeployment['status']>
  ): ServiceDeployment[] =>
    members.filter(({ status }) => statuses.includes(status));
  const succeeded = having('success');
  const [rolledBack] = having('rolled_back');
  const failed = having('failure');
  const failedLater = failed.find(member => member.failedLater);
  if (succeeded.length > 0 || failedLater || rolledBack) {
    const counts = succeeded[0] ?? failedLater ?? rolledBack;
    if (failed.length > 0) {
      return { counts, status: 'failure', failedLater: true };
    }
    const status = rolledBack ? 'rolled_back' : 'success';
    return { counts, status, failedLater: false };
  }
  const [counts] =
    [failed, having('running'), having('pending')].find(
      some => some.length > 0,
    ) ?? members;
  return { counts, status: counts.status, failedLater: false };
}

function unitedParts(
  members: readonly ServiceDeployment[],
): ServiceDeployment['parts'] {
  const parts = new Map<string, ServiceDeployment['parts'][number]>();
  for (const part of members.flatMap(member => member.parts)) {
    const name = `${part.repository}@${part.sha ?? ''}`;
    const known = parts.get(name);
    if (!known) parts.set(name, part);
    else if (known.commits !== null || part.commits !== null) {
      const commits = [
        ...new Set([...(known.commits ?? []), ...(part.commits ?? [])]),
      ];
      parts.set(name, { ...known, commits });
    }
  }
  return [...parts.values()];
}
