import { HOUR, MINUTE } from '../lib/calendar.mjs';
import { changeTitle, dependencyTitle, followUpTitle } from './titles.mjs';

const MAX_COMMITS = 12;

/**
 * Lays the pull requests of one repository over the year, as people open them
 * on working days and bots on Monday nights. A time may lie beyond the end of
 * the year: the story is cut there, and the pull request is still open.
 */
export function planPullRequests({
  repository,
  knobsAt,
  scopes,
  year,
  random,
}) {
  const pulls = [];
  const { people, calendars } = repository.crew;
  let serial = 0;
  const key = kind => `${repository.name}/${kind}/${serial++}`;

  for (const day of calendars[0].daysFrom(year.begin)) {
    if (day.opens >= year.end) break;
    const perDay = (repository.perWeek / 5) * year.scale;
    for (let n = random.poisson(perDay); n > 0; n--) {
      const person = random.pick(people);
      const scope = pickScope(random, scopes, repository);
      const knobs = scope.knobsAt?.(day.opens) ?? knobsAt(day.opens);
      const start = person.calendar.next(
        day.opens + random.next() * (day.closes - day.opens),
      );
      pulls.push(
        planned({ key: key('pr'), person, scope, knobs, start, random }),
      );
    }
    if (day.weekday !== 'mon') continue;
    const knobs = knobsAt(day.opens);
    for (let n = random.poisson(knobs.botsPerWeek); n > 0; n--) {
      pulls.push(byBot({ key: key('bot'), repository, day, scopes, random }));
    }
  }
  return pulls;
}

function planned({ key, person, scope, knobs, start, random }) {
  const { calendar } = person;
  const after = (at, hours, sigma) =>
    calendar.add(at, random.logNormal(hours, sigma)) + minutes(random, 1, 6);
  const coded = after(start, knobs.codingHours, 0.8);
  const draft = random.chance(0.2);
  const openedAt = draft ? start + (coded - start) * 0.4 : coded;
  const firstReviewAt = after(coded, knobs.pickupHours, 0.8);
  const approvedAt = after(firstReviewAt, knobs.reviewHours, 0.8);
  const abandoned = random.chance(knobs.abandoned);
  const mergedAt = abandoned
    ? undefined
    : after(approvedAt, knobs.mergeHours, 0.9);
  const additions = Math.max(1, Math.round(random.logNormal(knobs.lines, 1)));
  const title = changeTitle(random, knobs.changes ?? scope.words);
  return {
    key,
    scope,
    title,
    author: person.hash,
    merger: person.hash,
    labels: [],
    openedAt,
    readyAt: draft ? coded : undefined,
    firstReviewAt,
    approvedAt: abandoned ? undefined : approvedAt,
    mergedAt,
    closedAt: abandoned ? after(firstReviewAt, 14) : mergedAt,
    additions,
    deletions: Math.round(additions * random.between(0, 0.8)),
    commits: commitTimes({
      start,
      coded,
      firstReviewAt,
      approvedAt,
      knobs,
      random,
    }).map((at, index) => ({
      authoredAt: at - (random.chance(0.15) ? minutes(random, 5, 120) : 0),
      committedAt: at,
      title: index === 0 ? title : followUpTitle(random),
      paths: pathsOf(random, scope),
    })),
  };
}

function commitTimes({
  start,
  coded,
  firstReviewAt,
  approvedAt,
  knobs,
  random,
}) {
  const count = Math.min(MAX_COMMITS, 1 + random.poisson(knobs.commits - 1));
  const times = [start];
  for (let i = 1; i < count; i++) {
    const last = i === count - 1 && random.chance(0.5);
    times.push(
      last
        ? firstReviewAt +
            (approvedAt - firstReviewAt) * random.between(0.2, 0.9)
        : start + (coded - start) * random.next(),
    );
  }
  return times.map(Math.round).sort((a, b) => a - b);
}

function byBot({ key, repository, day, scopes, random }) {
  const openedAt = Math.round(
    day.midnight + 3 * HOUR + minutes(random, 2, 100),
  );
  const automatic = repository.bots === 'automatic';
  const { calendar } = repository.crew.people[0];
  const firstReviewAt = automatic
    ? undefined
    : calendar.add(openedAt, random.logNormal(7)) + minutes(random, 1, 6);
  const mergedAt = automatic
    ? openedAt + minutes(random, 15, 40)
    : calendar.add(firstReviewAt, random.logNormal(1.5)) +
      minutes(random, 1, 6);
  const title = dependencyTitle(random);
  return {
    key,
    scope: random.pick(scopes),
    title,
    author: repository.crew.bot,
    merger: automatic ? repository.crew.bot : repository.crew.people[0].hash,
    bot: true,
    labels: ['dependencies'],
    openedAt,
    firstReviewAt,
    approvedAt: firstReviewAt && mergedAt - minutes(random, 1, 3),
    mergedAt,
    closedAt: mergedAt,
    additions: 1 + Math.floor(random.next() * 40),
    deletions: 1 + Math.floor(random.next() * 40),
    commits: [
      {
        authoredAt: openedAt - MINUTE,
        committedAt: openedAt - MINUTE,
        title,
        paths: scopes.length > 1 ? ['go.mod', 'go.sum'] : undefined,
        bot: true,
      },
    ],
  };
}

/** A fix made while users wait: one commit, read by whoever is awake. */
export function planFix({
  key,
  person,
  title,
  labels,
  startAt,
  mergedAt,
  scope,
  random,
}) {
  const committedAt = Math.round(startAt + (mergedAt - startAt) * 0.45);
  const openedAt = committedAt + 20_000;
  const firstReviewAt = Math.round(openedAt + (mergedAt - openedAt) * 0.5);
  return {
    key,
    scope,
    title,
    author: person.hash,
    merger: person.hash,
    labels,
    openedAt,
    firstReviewAt,
    approvedAt: Math.round(firstReviewAt + (mergedAt - firstReviewAt) * 0.6),
    mergedAt,
    closedAt: mergedAt,
    additions: 2 + Math.floor(random.next() * 25),
    deletions: 1 + Math.floor(random.next() * 12),
    commits: [
      {
        authoredAt: committedAt,
        committedAt,
        title,
        paths: pathsOf(random, scope),
      },
    ],
  };
}

function pickScope(random, scopes) {
  return scopes.length === 1
    ? scopes[0]
    : scopes[
        Number(
          random.weighted(
            Object.fromEntries(scopes.map((s, i) => [i, s.share])),
          ),
        )
      ];
}

const FILES = [
  'handler.go',
  'store.go',
  'model.go',
  'handler_test.go',
  'README.md',
];

/** Touched files, said only where a repository holds several services. */
function pathsOf(random, scope) {
  if (!scope.folders) return undefined;
  const folders = scope.all ? scope.folders : [random.pick(scope.folders)];
  const paths = folders.flatMap(folder =>
    FILES.slice(0, 1 + Math.floor(random.next() * 3)).map(
      f => `${folder}/${f}`,
    ),
  );
  return [...new Set(paths)];
}

const minutes = (random, low, high) =>
  Math.round(random.between(low, high) * MINUTE);
