import { DAY } from '../lib/calendar.mjs';
import { Random, sha1 } from '../lib/random.mjs';
import { planOutages } from './failures.mjs';
import { History } from './history.mjs';
import { planPullRequests } from './pullRequests.mjs';
import { Releases } from './releases.mjs';
import { knobsReader, repositoryShape } from './shapes.mjs';

/** Plans what people and bots change in one repository over the year. */
export function planRepository({ story, name, year, crew }) {
  const repository = { ...repositoryShape(story, name), crew };
  const knobsAt = knobsReader(story, year.begin, repository);
  const scopes = scopesOf({ story, repository, year });
  const pulls = planPullRequests({
    repository,
    knobsAt,
    scopes,
    year,
    random: new Random(`${story.seed}/${name}/changes`),
  });
  const history = new History({
    repository,
    seed: story.seed,
    begin: year.begin,
    pulls,
  });
  return { repository, history, scopes };
}

/** Plans how the services of one repository are released, and what goes wrong. */
export function planReleases({ story, services, plan, libraries, year }) {
  const { repository, history, scopes } = plan;
  const { crew } = repository;
  const calendar = crew.calendars[0];
  const whole =
    repository.services && releaseTogether({ story, plan, year, calendar });
  const chains = services.map(service => {
    const random = new Random(`${story.seed}/${service.name}/releases`);
    const scope = scopes.find(s => s.service === service.name) ?? scopes[0];
    return new Releases({
      service,
      scope,
      history,
      crew,
      calendar,
      random,
      year,
      environments: service.environments,
      weekOffset: parseInt(sha1(service.name).slice(0, 4), 16),
      knobsAt: scope.knobsAt ?? knobsReader(story, year.begin, repository),
      troubles: troublesOf(story, service),
      matters: merge => !scope.service || merge.scope === scope,
      isDelivered: whole && wasDeliveredBy(whole),
      libraryAt: libraryReader(libraries.get(repository.uses)),
    }).run();
  });
  const outages = services.flatMap(service =>
    planOutages({
      service,
      troubles: troublesOf(story, service),
      calendar,
      year,
      random: new Random(`${story.seed}/${service.name}/outages`),
    }),
  );
  return {
    chains: whole ? [whole, ...chains] : chains,
    incidents: [...chains.flatMap(chain => chain.incidents), ...outages],
  };
}

const troublesOf = (story, service) =>
  story.words[service.name].troubles ?? ['Errors after a release'];

/** What touches all services of a repository goes out as one deployment. */
function releaseTogether({ story, plan, year, calendar }) {
  const { repository, history } = plan;
  const knobsAt = knobsReader(story, year.begin, repository);
  return new Releases({
    service: { name: repository.name, names: 'repository' },
    history,
    crew: repository.crew,
    calendar,
    random: new Random(`${story.seed}/${repository.name}/releases`),
    year,
    environments: ['production'],
    knobsAt: at => ({ ...knobsAt(at), failRate: 0, configRate: 0 }),
    matters: merge => merge.scope?.all,
  }).run();
}

const wasDeliveredBy = whole => (change, cutAt) =>
  whole.deployments.some(
    ({ environment, status, startedAt, tip }) =>
      environment === 'production' &&
      status === 'success' &&
      startedAt <= cutAt &&
      tip.mergedAt >= change.mergedAt,
  );

/** A library is published every other week, and taken up a few days later. */
function libraryReader(library) {
  if (!library) return undefined;
  const publishes = 14 * DAY;
  return at => {
    const publishedAt = Math.floor((at - 3 * DAY) / publishes) * publishes;
    const { repository } = library;
    return {
      repository: repository.name,
      sha: library.shaOf(library.tipAt(publishedAt)),
    };
  };
}

/** The parts of a repository a change can touch, with how often it does. */
function scopesOf({ story, repository, year }) {
  const { services, allShare } = repository;
  const words = story.words[repository.name].changes;
  if (!services) return [{ words }];
  const own = Object.entries(services).map(([service, shape]) => ({
    service,
    folders: shape.paths,
    words: story.words[service].changes,
    share: shape.share,
    knobsAt: knobsReader(story, year.begin, repository, shape),
  }));
  const all = {
    all: true,
    folders: own.map(scope => scope.folders[0]),
    words,
    share: allShare,
  };
  const left = 1 - [...own, all].reduce((sum, scope) => sum + scope.share, 0);
  const none = { folders: ['tools', 'docs'], words, share: left };
  return [...own, all, none];
}
