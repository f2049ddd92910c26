import {
  TRAILER_BUNDLE,
  TRAILER_REQUEST,
  TRAILER_TEMPLATE,
} from '@fawkes/backstage-plugin-provisioning-common';
import type {
  EffectContext,
  EffectRequest,
} from '@fawkes/backstage-plugin-provisioning-node';

/** Trailer with the marker of the effect that made a commit. */
const TRAILER_EFFECT = 'Fawkes-Effect';
/** Trailer that says whether the repository was made by us. */
const TRAILER_ORIGIN = 'Fawkes-Origin';

/** Longest message that is read; what follows is no trailer of ours. */
const LONGEST = 64 * 1024;

/** What we are told apart by, in a commit of ours. */
export interface Marks {
  /** Id of the request. */
  request: string | undefined;
  /** Bundle digest of what was written. */
  bundle: string | undefined;
  /** Whether we made the repository. */
  origin: string | undefined;
}

/** The message of a commit of ours. */
export function messageOf(
  subject: string,
  { request, effect }: Pick<EffectContext, 'request' | 'effect'>,
  origin?: 'created' | 'adopted',
): string {
  const { name, version } = request.spec.template;
  const trailers = [
    [TRAILER_REQUEST, request.id],
    [TRAILER_TEMPLATE, `${name}@${version}`],
    [TRAILER_BUNDLE, request.bundleDigest],
    [TRAILER_EFFECT, effect.marker],
    ...(origin ? [[TRAILER_ORIGIN, origin]] : []),
  ];
  const lines = trailers.map(([key, value]) => `${key}: ${value}`);
  return `${subject}\n\n${lines.join('\n')}\n`;
}

/** Our marks in a message, wherever a merge has put them. */
export function marksIn(message: string): Marks {
  const found = new Map<string, string>();
  for (const line of message.slice(0, LONGEST).split('\n')) {
    const colon = line.indexOf(': ');
    if (colon > 0)
      found.set(line.slice(0, colon), line.slice(colon + 2).trim());
  }
  return {
    request: found.get(TRAILER_REQUEST),
    bundle: found.get(TRAILER_BUNDLE),
    origin: found.get(TRAILER_ORIGIN),
  };
}

/** Longest description GitHub takes. */
const MOST_DESCRIPTION = 350;

/** How a repository says what it is for. */
export function descriptionOf({ spec, name }: EffectRequest): string {
  return cut(spec.description || name, MOST_DESCRIPTION);
}

/**
 * The description while a repository has no commit of ours yet: the only place
 * in which a mark can be written in the same call that makes it.
 */
export function markedDescriptionOf(request: EffectRequest): string {
  const mark = markOf(request);
  const words = cut(descriptionOf(request), MOST_DESCRIPTION - mark.length - 1);
  return `${words} ${mark}`;
}

/** Whether a description says that the repository was made for a request. */
export function isMarked(
  description: string | null | undefined,
  request: EffectRequest,
): boolean {
  return description?.endsWith(markOf(request)) ?? false;
}

function markOf({ id }: EffectRequest): string {
  return `[${TRAILER_REQUEST}: ${id}]`;
}

/** Cuts between characters, never inside one. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = most - 1;
  const half = /[\ud800-\udbff]/.test(text[end - 1]);
  return `${text.slice(0, half ? end - 1 : end)}…`;
}
