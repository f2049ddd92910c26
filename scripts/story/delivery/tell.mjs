import { DAY, MINUTE } from '../lib/calendar.mjs';
import { gatherCrews } from './crew.mjs';
import { instant } from './history.mjs';
import { planReleases, planRepository } from './repository.mjs';
import { deployedServices } from './shapes.mjs';

const FIRST_INCIDENT = 1001;

/**
 * Tells the year: every event of the sample organisation, oldest first. The
 * same shapes, day and scale give the same events, byte for byte.
 *
 * @param today - any instant of the day before which the story ends, ms
 * @param scale - how much more is changed and released than usual
 */
export function tellStory(story, { today, scale = 1 }) {
  const end = Math.floor(today / DAY) * DAY;
  const year = { begin: end - story.days * DAY, end, scale };
  const crews = gatherCrews(story, year);
  const plans = new Map(
    Object.entries(story.repositories).map(([name, { team }]) => [
      name,
      planRepository({ story, name, year, crew: crews.get(team) }),
    ]),
  );
  const libraries = new Map([...plans].map(([name, p]) => [name, p.history]));
  const services = deployedServices(story);
  const told = [...plans.values()].flatMap(plan => {
    const own = services.filter(s => s.repository === plan.repository.name);
    if (own.length === 0) return [];
    return [
      {
        plan,
        ...planReleases({ story, services: own, plan, libraries, year }),
      },
    ];
  });

  const incidents = [
    ...told.flatMap(part => part.incidents),
    ...told.flatMap(part => part.chains).flatMap(c => openIncident(c, year)),
  ];
  numberIncidents(incidents);
  const events = [
    ...told.flatMap(({ plan, chains }) =>
      chains.flatMap(chain => deploymentEvents({ story, plan, chain, end })),
    ),
    ...[...plans.values()].flatMap(({ history }) =>
      history.events({ host: story.host, reviews: story.reviews, end }),
    ),
    ...incidents.flatMap(incident => incidentEvents(incident, end)),
  ];
  return events
    .map(event => clean({ ...event, source: story.source }))
    .sort(byTime);
}

function deploymentEvents({ story, plan, chain, end }) {
  const { repository, history } = plan;
  const { service } = chain;
  return chain.deployments
    .filter(deployment => deployment.finishedAt < end)
    .map(deployment => {
      const sha = history.shaOf(deployment.tip);
      const undone = deployment.undoneAt < end;
      const repositoryName = name => `${story.host}/${name}`;
      const { library } = deployment;
      return {
        type: 'deployment',
        id: deployment.id,
        occurredAt: instant(
          undone ? deployment.undoneAt : deployment.finishedAt,
        ),
        service:
          service.names === 'repository'
            ? undefined
            : `component:default/${service.name}`,
        environment: deployment.environment,
        status:
          deployment.status === 'rolled_back' && !undone
            ? 'success'
            : deployment.status,
        startedAt: instant(deployment.startedAt),
        finishedAt: instant(deployment.finishedAt),
        ...(library
          ? {
              parts: [
                { repository: repositoryName(repository.name), sha },
                { ...library, repository: repositoryName(library.repository) },
              ],
            }
          : { repository: repositoryName(repository.name), sha }),
        version: `main-${sha.slice(0, 8)}`,
        artifact: `pkg:oci/${service.name}@main-${sha.slice(0, 8)}`,
        kind: deployment.kind,
        fixesIncident: deployment.incident?.id,
        url: `${story.runs}/${service.name}/runs/${deployment.serial}`,
      };
    });
}

/** What is broken right now: it names the last release as its cause. */
function openIncident(chain, year) {
  const open = chain.service.openIncident;
  if (!open) return [];
  const openedAt = year.end - open.minutesAgo * MINUTE;
  const cause = chain.deployments
    .filter(d => d.environment !== 'staging' && d.status === 'success')
    .filter(d => d.finishedAt <= openedAt)
    .at(-1);
  return [
    {
      service: chain.service.name,
      title: open.title,
      severity: open.severity,
      openedAt,
      acknowledgedAt: openedAt + 6 * MINUTE,
      causedBy: cause,
    },
  ];
}

function numberIncidents(incidents) {
  incidents
    .sort((a, b) => a.openedAt - b.openedAt || (a.service < b.service ? -1 : 1))
    .forEach((incident, index) => {
      incident.id = `INC-${FIRST_INCIDENT + index}`;
    });
}

function incidentEvents(incident, end) {
  if (incident.openedAt >= end) return [];
  const known = at => (at !== undefined && at < end ? instant(at) : undefined);
  const acknowledgedAt = known(incident.acknowledgedAt);
  const resolvedAt = known(incident.resolvedAt);
  return [
    {
      type: 'incident',
      id: incident.id,
      occurredAt: resolvedAt ?? acknowledgedAt ?? instant(incident.openedAt),
      service: `component:default/${incident.service}`,
      openedAt: instant(incident.openedAt),
      acknowledgedAt,
      resolvedAt,
      severity: incident.severity,
      title: incident.title,
      causedBy: incident.causedBy?.id,
    },
  ];
}

/** What is not known is left out, not sent as null. */
const clean = event => JSON.parse(JSON.stringify(event));

const byTime = (a, b) =>
  compare(a.occurredAt, b.occurredAt) ||
  compare(a.type, b.type) ||
  compare(a.id, b.id);

const compare = (a, b) => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};
