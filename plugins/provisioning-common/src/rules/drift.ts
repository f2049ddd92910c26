import type { DriftWord } from '../contract';
import type { Said } from '@fawkes/kit-contract';
import { reasonOfField } from './driftFields';
import type { Managed } from './managed';
import { say } from './words';

/** What a managed thing is called. @public */
export function driftOf(thing: Managed): DriftWord {
  const { written, wanted, found, needed, unfit } = thing;
  if (unfit || (needed && found === null && wanted !== null)) return 'broken';
  // Whoever has written what we would write is in sync with it.
  if (found === wanted) return 'in_sync';
  return found === written ? 'behind_template' : 'changed_by_people';
}

/** Worse ones first; what could not be looked at beats them all. */
const ORDER: readonly DriftWord[] = [
  'unknown',
  'broken',
  'behind_template',
  'changed_by_people',
  'in_sync',
];

/** How a whole request is called. @public */
export interface Drift {
  /** The worst of its files. */
  word: DriftWord;
  /** Why it is the word. */
  reason: Said;
  /** Versions of the template; null where it is up to date. */
  behind: { from: string; to: string } | null;
  /** Those that are not as they were written. */
  files: Array<{ path: string; word: DriftWord; reason: Said }>;
}

/** What was looked at. @public */
export interface Looked {
  /** Whether the repository answered. */
  reachable: boolean;
  /** The files that we wrote or would write. */
  managed: readonly Managed[];
  /** What is seen otherwise than by comparing three ways, each with why. */
  others?: Drift['files'];
  /** Version of the template the service was last written from, and the newest. */
  versions: { from: string; to: string };
}

/**
 * The drift word of a request: the worst of its managed things. What cannot be
 * reached is unknown, never in sync.
 * @public
 */
export function driftWord({
  reachable,
  managed,
  others = [],
  versions,
}: Looked): Drift {
  const behind = versions.from === versions.to ? null : { ...versions };
  if (!reachable) return drift('unknown', versions, behind, []);
  const files = [
    ...others,
    ...managed.map(thing => {
      const word = driftOf(thing);
      const reason = reasonOfField(thing, word) ?? reasonOf(word, versions);
      return { path: thing.path, word, reason };
    }),
  ];
  const words = new Set<DriftWord>(files.map(({ word }) => word));
  if (behind) words.add('behind_template');
  const word = ORDER.find(candidate => words.has(candidate)) ?? 'in_sync';
  const found = drift(
    word,
    versions,
    behind,
    files.filter(file => file.word !== 'in_sync'),
  );
  // What is seen says more than the word alone.
  const seen = others.find(other => other.word === word);
  return seen ? { ...found, reason: seen.reason } : found;
}

function drift(
  word: DriftWord,
  versions: Looked['versions'],
  behind: Drift['behind'],
  files: Drift['files'],
): Drift {
  return { word, reason: reasonOf(word, versions), behind, files };
}

function reasonOf(word: DriftWord, versions: Looked['versions']): Said {
  return word === 'behind_template'
    ? say('drift.behind_template', versions)
    : say(`drift.${word}`);
}
