import { DAY, HOUR, MINUTE } from '../lib/calendar.mjs';
import { planFix } from './pullRequests.mjs';
import { fixTitle } from './titles.mjs';

/**
 * A release hurt users. Notes the incident, mends it the way the team does, and
 * adds the fix to the repository. Answers when the next release may go out.
 *
 * @param releases - the releases of the service so far
 * @param failed - the deployment, the knobs of the time, the index of the last
 *   environment it reached, and how often a mend has failed already
 */
export function mend(releases, failed) {
  const { random } = releases;
  const { deployment, knobs } = failed;
  const how = random.weighted(knobs.mends);
  const trouble = random.pick(releases.troubles);
  const detectedAt =
    deployment.finishedAt + random.logNormal(knobs.detectMinutes, 0.8) * MINUTE;
  const mendedAt =
    detectedAt + random.logNormal(knobs.mendMinutes, 0.7) * MINUTE;
  const incident =
    how === 'flag' || random.chance(knobs.incidentShare)
      ? note(releases, { deployment, trouble, detectedAt, mendedAt })
      : undefined;
  const mending = { how, trouble, detectedAt, mendedAt, incident };

  if (how === 'flag') {
    releases.live.set(deployment.environment, deployment.tip);
    return mendedAt + 10 * MINUTE;
  }
  if (how === 'automatic') {
    deployment.status = 'rolled_back';
    deployment.undoneAt = Math.round(mendedAt);
    return fixLater(releases, mending);
  }
  if (how === 'rollback') {
    releases.deploy({
      environment: deployment.environment,
      tip: releases.live.get(deployment.environment),
      startedAt: mendedAt - 4 * MINUTE,
      finishedAt: mendedAt,
      kind: 'rollback',
      status: 'success',
      incident,
    });
    return fixLater(releases, mending);
  }
  return fixNow(releases, failed, mending);
}

/** Rolling forward: a fix or a revert, released as soon as it is merged. */
function fixNow(releases, failed, mending) {
  const { random } = releases;
  const { deployment, knobs, reached, again = 0 } = failed;
  const { how, trouble, detectedAt, mendedAt, incident } = mending;
  const mergedAt = Math.round(detectedAt + (mendedAt - detectedAt) * 0.7);
  const culprit = deployment.tip.title ?? trouble;
  const fix = addFix(releases, {
    title: how === 'revert' ? `Revert "${culprit}"` : fixTitle(trouble),
    labels: how === 'revert' ? ['revert'] : ['hotfix'],
    startAt: detectedAt,
    mergedAt,
  });
  releases.deliveredAt = mergedAt;
  const reachedBefore = releases.environments.slice(0, reached + 1);
  const hotfixes = reachedBefore.map(environment =>
    releases.deploy({
      environment,
      tip: fix,
      startedAt: mergedAt + MINUTE,
      finishedAt: mendedAt,
      kind: 'hotfix',
      status: 'success',
      incident,
    }),
  );
  // A hurried fix fails more often than a change made in peace, but not for ever.
  if (again < 2 && random.chance(knobs.failRate * 0.8)) {
    const [last] = hotfixes.slice(-1);
    return mend(releases, { ...failed, deployment: last, again: again + 1 });
  }
  for (const environment of reachedBefore) releases.live.set(environment, fix);
  return mendedAt + 5 * MINUTE;
}

/** Users are well again; the fix comes in working hours and gates the next release. */
function fixLater(releases, { trouble, mendedAt }) {
  const { random, calendar } = releases;
  const startAt = calendar.next(mendedAt) + random.between(5, 40) * MINUTE;
  const mergedAt = Math.round(
    calendar.add(startAt, random.logNormal(2.2, 0.5)),
  );
  addFix(releases, {
    title: fixTitle(trouble),
    labels: ['fix'],
    startAt,
    mergedAt,
  });
  return mergedAt + MINUTE;
}

function addFix(releases, { title, labels, startAt, mergedAt }) {
  const { random, history, crew, service, scope } = releases;
  const fix = planFix({
    key: `${service.name}/fix/${releases.incidents.length}/${releases.deployments.length}`,
    person: random.pick(crew.people),
    title,
    labels,
    startAt,
    mergedAt,
    scope,
    random,
  });
  history.add(fix);
  return fix;
}

function note(releases, { deployment, trouble, detectedAt, mendedAt }) {
  const { random } = releases;
  const incident = {
    service: releases.service.name,
    title: trouble,
    openedAt: Math.round(detectedAt),
    acknowledgedAt: Math.round(detectedAt + random.between(1, 8) * MINUTE),
    resolvedAt: Math.round(
      Math.max(
        mendedAt + random.between(1, 12) * MINUTE,
        detectedAt + 9 * MINUTE,
      ),
    ),
    severity: random.weighted({ sev1: 1, sev2: 4, sev3: 6 }),
    // People name the cause most of the time; the window rule finds the rest.
    causedBy: random.chance(0.7) ? deployment : undefined,
  };
  releases.incidents.push(incident);
  return incident;
}

/** Incidents no release is to blame for: networks, acquirers, disks. Mostly at night. */
export function planOutages({ service, troubles, calendar, year, random }) {
  const { incidents = 0, tier1Incidents = 0 } = service;
  const outages = [];
  for (let n = random.poisson((incidents + tier1Incidents) * 0.8); n > 0; n--) {
    const day = year.begin + random.next() * (year.end - year.begin);
    const workday = calendar.daysFrom(day)[0];
    const weekend =
      workday.weekday === 'mon' ? Math.floor(random.next() * 3) * DAY : 0;
    const hour = random.chance(0.7)
      ? random.between(21, 30)
      : random.between(8, 20);
    const openedAt = Math.round(workday.midnight - weekend + hour * HOUR);
    const severe = tier1Incidents > 0 && random.chance(0.25);
    const acknowledgedAt = Math.round(
      openedAt + random.logNormal(6, 0.6) * MINUTE,
    );
    outages.push({
      service: service.name,
      title: random.pick(troubles),
      openedAt,
      acknowledgedAt,
      resolvedAt: Math.round(
        acknowledgedAt + random.logNormal(55, 0.8) * MINUTE,
      ),
      severity: severe ? 'sev1' : random.pick(['sev2', 'sev3']),
    });
  }
  return outages;
}
