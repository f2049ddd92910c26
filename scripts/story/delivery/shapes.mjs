import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { fromRoot } from '../../lib/paths.mjs';
import { DAY } from '../lib/calendar.mjs';

/** Reads examples/story/delivery.yaml: how the teams work, as data. */
export function readShapes() {
  const read = (...path) => parse(readFileSync(fromRoot(...path), 'utf8'));
  return {
    ...read('examples', 'story', 'delivery.yaml'),
    /** Titles of changes and incidents, by repository, service or theme. */
    words: read('scripts', 'story', 'delivery', 'words.yaml'),
  };
}

/**
 * What holds for a repository or one of its services at an instant: the
 * defaults, the team's phases so far, and its own phases laid over them.
 */
export function knobsReader(story, begin, repository, service = {}) {
  const own = repository.phases ?? [];
  const phases = [
    { fromWeek: 0, ...story.defaults },
    ...story.teams[repository.team].phases,
    ...own,
    ...(service.phases ?? []),
  ];
  const boundaries = [...new Set(phases.map(phase => phase.fromWeek))].sort(
    (a, b) => a - b,
  );
  // Later layers win over earlier ones, also where their phase began before.
  const layered = boundaries.map(week => {
    const knobs = Object.assign(
      {},
      ...phases.filter(phase => phase.fromWeek <= week),
    );
    return {
      at: begin + week * 7 * DAY,
      knobs: { ...knobs, changes: story.words[knobs.theme]?.changes },
    };
  });
  return at => (layered.findLast(layer => layer.at <= at) ?? layered[0]).knobs;
}

/** A repository with what its team says for all of theirs. */
export function repositoryShape(story, name) {
  const own = story.repositories[name];
  const { merge, bots, names } = story.teams[own.team];
  return { merge, bots, names, ...own, name };
}

/** Every service that is deployed, with its repository. */
export function deployedServices(story) {
  return Object.keys(story.repositories).flatMap(name => {
    const repository = repositoryShape(story, name);
    if (repository.library) return [];
    const environments = repository.environments ?? ['production'];
    return repository.services
      ? Object.entries(repository.services).map(([service, own]) => ({
          ...own,
          name: service,
          repository: name,
          team: repository.team,
          environments,
        }))
      : [
          {
            ...repository,
            phases: undefined,
            name,
            repository: name,
            environments,
          },
        ];
  });
}
