import { below, NO_TARGET, percentile, spread } from '../../lib/figures';
import { Random } from '../../lib/random';
import { MOST, QUARTER } from '../catalog';
import { explainMetrics } from '../plans';
import { compareWithPlainQuery } from './plainQuery';
import { DAYS_365, DAYS_90, timeViews } from './ask';
import type { MeasureContext } from './context';

const SERVICE_MS = 50;
const TEAM_MS = 100;
const ORGANISATION_MS = 200;

/** How long people wait for an answer, over HTTP, one question at a time. */
export async function measureViews(context: MeasureContext): Promise<void> {
  const { options, data, backend, findings, say } = context;
  const { services, teams } = data.world;
  const random = new Random(options.seed, 4);
  const ofTeam = (team: string) =>
    services.filter(service => service.team === team);
  const staffed = teams.filter(team => ofTeam(team).length > 0);
  const owned = (team: string) => ({ scope: team, ...DAYS_90 });

  const service = await timeViews(backend, options.repetitions, () => ({
    scope: random.pick(services).ref,
    ...DAYS_90,
  }));
  say(`service view ${spread(service)}`);
  const busiest = services[0];
  const largest = await timeViews(backend, 30, () => ({
    scope: busiest.ref,
    ...DAYS_90,
  }));
  const team = await timeViews(backend, options.repetitions, () =>
    owned(random.pick(staffed)),
  );
  say(`team view ${spread(team)}`);
  const size = (name: string) =>
    ofTeam(name).reduce((sum, { deployments }) => sum + deployments, 0);
  const biggest = [...staffed].sort((a, b) => size(b) - size(a))[0];
  const busyTeam = await timeViews(backend, 30, () => owned(biggest));
  const organisation = await timeViews(backend, options.repetitions, () => ({
    ...DAYS_365,
  }));
  say(`organisation view ${spread(organisation)}`);
  findings.figures.push(
    {
      what: 'service view, 90 days, random services',
      target: `p95 < ${SERVICE_MS} ms`,
      measured: spread(service),
      verdict: below(percentile(service, 0.95), SERVICE_MS),
    },
    {
      what: `… the busiest service (${busiest.deployments} deployments)`,
      target: '',
      measured: spread(largest),
      verdict: NO_TARGET,
    },
    {
      what: 'team view, 90 days, random teams',
      target: `p95 < ${TEAM_MS} ms`,
      measured: spread(team),
      verdict: below(percentile(team, 0.95), TEAM_MS),
    },
    {
      what: `… the busiest team (${ofTeam(biggest).length} services, ${size(
        biggest,
      )} deployments)`,
      target: '',
      measured: spread(busyTeam),
      verdict: NO_TARGET,
    },
    {
      what: 'organisation view, 365 days',
      target: `p95 < ${ORGANISATION_MS} ms`,
      measured: spread(organisation),
      verdict: below(percentile(organisation, 0.95), ORGANISATION_MS),
    },
  );
  await compareWithPlainQuery(context, organisation);
  for (const [name, scope] of [
    ['all services but every hundredth', MOST],
    ['every fourth service', QUARTER],
  ]) {
    const times = await timeViews(backend, 30, () => ({ scope, ...DAYS_365 }));
    findings.figures.push({
      what: `… ${name}, 365 days`,
      target: '',
      measured: spread(times),
      verdict: NO_TARGET,
    });
  }

  const plans = [
    [service, SERVICE_MS, 'service, 90 days', [busiest], DAYS_90],
    [team, TEAM_MS, 'team, 90 days', ofTeam(biggest), DAYS_90],
    [
      organisation,
      ORGANISATION_MS,
      'organisation, 365 days',
      services,
      DAYS_365,
    ],
  ] as const;
  for (const [times, target, title, scope, window] of plans) {
    if (options.plans || percentile(times, 0.95) >= target) {
      findings.notes.push(
        ...(await explainMetrics(data, title, scope, window)),
      );
    }
  }
}
