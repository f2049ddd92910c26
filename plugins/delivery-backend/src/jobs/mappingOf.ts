import type { Entity } from '@backstage/catalog-model';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  ANNOTATION_DELIVERY_BOTS,
  ANNOTATION_DELIVERY_ENVIRONMENTS,
  ANNOTATION_DELIVERY_FORMER_REPOSITORIES,
  ANNOTATION_DELIVERY_INCIDENTS,
  ANNOTATION_DELIVERY_PATHS,
  ANNOTATION_DELIVERY_REPOSITORIES,
  ANNOTATION_DELIVERY_SAMPLE,
  ANNOTATION_GITHUB_SLUG,
  ANNOTATION_GITLAB_SLUG,
  MAX_ANNOTATION,
  MAX_LISTED,
  faultOfCountRule,
  normaliseRepository,
  readPathPattern,
  say,
  splitList,
  type FormerName,
} from '@fawkes/backstage-plugin-delivery-common';
import type { Said } from '@fawkes/kit-contract';
import type { RefusedValue, ServiceMapping } from '../derive/serviceMapping';

/** What the tables hold, in characters. */
const MAX_TITLE = 512;
const REPOSITORY = /^[^\s\p{Cc}\p{Cs}]{1,600}$/u;
/** Longest slug, and longest name of an environment: what events may hold. */
const MAX_SLUG = 512;
const MAX_ENVIRONMENT = 200;
/** As much of a refused value as is shown. */
const MAX_SHOWN = 80;

/** Why a value is not taken, and what to write instead. */
interface Fault {
  reason: Said;
  advice: Said;
}
type Refuse = (value: string, fault: Fault) => void;

/**
 * The mapping an entity's annotations say. Whoever may edit an entity writes
 * them, so their length is looked at before anything else is. What is refused
 * is as if it were not there, is told under data quality, and keeps neither the
 * rest of the entity nor other entities from being mapped.
 */
export function mappingOf(entity: Entity): ServiceMapping {
  const { name, title = name, annotations = {} } = entity.metadata;
  const refused: RefusedValue[] = [];
  const read = <R, A extends unknown[]>(
    annotation: string,
    reader: (text: string, refuse: Refuse, ...rest: A) => R[],
    ...rest: A
  ) =>
    reader(
      annotations[annotation] ?? '',
      (value, { reason, advice }) =>
        refused.push({
          annotation,
          value: clip(value),
          reason: reason.text,
          advice: advice.text,
          reasonSaid: reason,
          adviceSaid: advice,
        }),
      ...rest,
    );
  const repositories = [
    ...new Set([
      ...read(ANNOTATION_GITHUB_SLUG, readSlugs, 'github.com'),
      ...read(ANNOTATION_GITLAB_SLUG, readSlugs, 'gitlab.com'),
      ...read(ANNOTATION_DELIVERY_REPOSITORIES, readSlugs, 'github.com'),
    ]),
  ];
  const former = read(
    ANNOTATION_DELIVERY_FORMER_REPOSITORIES,
    readFormerNames,
    repositories,
  );
  const bots = read(ANNOTATION_DELIVERY_BOTS, readList, rule =>
    faultOfCountRule(rule, 'bots'),
  );
  const incidents = read(ANNOTATION_DELIVERY_INCIDENTS, readList, rule =>
    faultOfCountRule(rule, 'incidents'),
  );
  return {
    service: stringifyEntityRef(entity),
    title: title.slice(0, MAX_TITLE),
    repositories,
    ...(former.length > 0 && { former }),
    paths: read(ANNOTATION_DELIVERY_PATHS, readList, faultOfPattern),
    environments: read(
      ANNOTATION_DELIVERY_ENVIRONMENTS,
      readList,
      faultOfEnvironment,
    ),
    sample: annotations[ANNOTATION_DELIVERY_SAMPLE] === 'true',
    ...(bots.length > 0 && { bots }),
    ...(incidents.length > 0 && { incidents }),
    ...(refused.length > 0 && { refused }),
  };
}

/** Repositories of one host, or of any that a name brings along. */
function readSlugs(text: string, refuse: Refuse, host: string): string[] {
  return readList(text, refuse, slug => faultOfSlug(slug, host)).map(slug =>
    normaliseRepository(slug, host),
  );
}

function faultOfSlug(slug: string, host: string): Fault | undefined {
  const advice = say('annotation.slug.advice');
  if (slug.length > MAX_SLUG) {
    return { reason: say('annotation.long', { max: MAX_SLUG }), advice };
  }
  const repository = normaliseRepository(slug, host);
  return !REPOSITORY.test(repository) || repository === `${host}/`
    ? { reason: say('annotation.slug'), advice }
    : undefined;
}

/** `old new`, one a line; the new one is a repository of the entity. */
function readFormerNames(
  text: string,
  refuse: Refuse,
  own: readonly string[],
): FormerName[] {
  const read = (line: string): FormerName | Fault => {
    const names = line.split(' ').filter(Boolean);
    if (names.length !== 2) {
      return {
        reason: say('annotation.former'),
        advice: say('annotation.former.advice'),
      };
    }
    for (const slug of names) {
      const fault = faultOfSlug(slug, 'github.com');
      if (fault) return fault;
    }
    const [formerly, repository] = names.map(slug =>
      normaliseRepository(slug, 'github.com'),
    );
    if (!own.includes(repository)) {
      return {
        reason: say('annotation.not_own'),
        advice: say('annotation.not_own.advice', {
          annotation: ANNOTATION_DELIVERY_REPOSITORIES,
        }),
      };
    }
    return { formerly, repository };
  };
  const faultOf = (line: string) => {
    const names = read(line);
    return 'reason' in names ? names : undefined;
  };
  return readList(text, refuse, faultOf, splitLines).flatMap(line => {
    const names = read(line);
    return 'reason' in names ? [] : names;
  });
}

/** Tabs are spaces, and empty lines nothing. */
function splitLines(text: string): string[] {
  return text
    .replaceAll('\t', ' ')
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
}

function readList(
  text: string,
  refuse: Refuse,
  faultOf: (value: string) => Fault | undefined,
  split: (text: string) => string[] = splitList,
): string[] {
  if (text.length > MAX_ANNOTATION) {
    refuse(text, {
      reason: say('annotation.long', { max: MAX_ANNOTATION }),
      advice: say('annotation.long.advice'),
    });
    return [];
  }
  const listed = split(text);
  const beyond = listed.slice(MAX_LISTED);
  if (beyond.length > 0) {
    refuse(beyond.join(', '), {
      reason: say('annotation.beyond', { max: MAX_LISTED }),
      advice: say('annotation.beyond.advice'),
    });
  }
  return listed.slice(0, MAX_LISTED).filter(value => {
    const fault = faultOf(value);
    if (fault) refuse(value, fault);
    return fault === undefined;
  });
}

function faultOfPattern(pattern: string): Fault | undefined {
  const read = readPathPattern(pattern);
  return read.ok ? undefined : read;
}

function faultOfEnvironment(name: string): Fault | undefined {
  return name.length > MAX_ENVIRONMENT
    ? {
        reason: say('annotation.environment', { max: MAX_ENVIRONMENT }),
        advice: say('annotation.environment.advice'),
      }
    : undefined;
}

function clip(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text;
}
