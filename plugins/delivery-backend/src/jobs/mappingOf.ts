import type { Entity } from '@backstage/catalog-model';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  ANNOTATION_DELIVERY_ENVIRONMENTS,
  ANNOTATION_DELIVERY_PATHS,
  ANNOTATION_DELIVERY_REPOSITORIES,
  ANNOTATION_DELIVERY_SAMPLE,
  ANNOTATION_GITHUB_SLUG,
  ANNOTATION_GITLAB_SLUG,
  MAX_ANNOTATION,
  MAX_LISTED,
  normaliseRepository,
  readPathPattern,
  say,
  splitList,
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
  const read = <A extends unknown[]>(
    annotation: string,
    reader: (text: string, refuse: Refuse, ...rest: A) => string[],
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
  return {
    service: stringifyEntityRef(entity),
    title: title.slice(0, MAX_TITLE),
    repositories: [
      ...new Set([
        ...read(ANNOTATION_GITHUB_SLUG, readSlugs, 'github.com'),
        ...read(ANNOTATION_GITLAB_SLUG, readSlugs, 'gitlab.com'),
        ...read(ANNOTATION_DELIVERY_REPOSITORIES, readSlugs, 'github.com'),
      ]),
    ],
    paths: read(ANNOTATION_DELIVERY_PATHS, readList, faultOfPattern),
    environments: read(
      ANNOTATION_DELIVERY_ENVIRONMENTS,
      readList,
      faultOfEnvironment,
    ),
    sample: annotations[ANNOTATION_DELIVERY_SAMPLE] === 'true',
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

function readList(
  text: string,
  refuse: Refuse,
  faultOf: (value: string) => Fault | undefined,
): string[] {
  if (text.length > MAX_ANNOTATION) {
    refuse(text, {
      reason: say('annotation.long', { max: MAX_ANNOTATION }),
      advice: say('annotation.long.advice'),
    });
    return [];
  }
  const listed = splitList(text);
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
