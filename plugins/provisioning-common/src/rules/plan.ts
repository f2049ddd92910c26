import {
  MAX_FILE_TEXT,
  type Cost,
  type FileMode,
  type Isolation,
  type NormalSpec,
  type Plan,
  type PlannedFile,
  type Quota,
} from '../contract';
import type { Said } from '@fawkes/kit-contract';
import { bundleDigestOf, planDigestOf, specDigestOf } from './digests';
import type { ObservedFacts } from './facts';
import type { Hash } from './hash';
import { nameFault } from './names';
import { namesOf, planCreate, planUpdate } from './planEffects';
import { fullQuota, quotaWords } from './quota';
import { say } from './words';

/** A rendered file. @public */
export interface RenderedFile {
  /** Below the root of the repository, with slashes. */
  path: string;
  /** As git has it. */
  mode: FileMode;
  /** Its content. */
  bytes: Uint8Array;
}

/** A rendered file as a plan shows it. @public */
export function plannedFile(file: RenderedFile, hash: Hash): PlannedFile {
  const { path, mode, bytes } = file;
  const shown = { path, mode, size: bytes.length, sha256: hash(bytes) };
  const text = textOf(bytes);
  if (text === undefined) return { ...shown, content: null, omitted: 'binary' };
  return text.length > MAX_FILE_TEXT
    ? { ...shown, content: null, omitted: 'large' }
    : { ...shown, content: text, omitted: null };
}

/** Text that is the same bytes again; undefined for anything else. @public */
export function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes,
    );
  } catch {
    return undefined;
  }
}

/** What a plan is made from. @public */
export interface PlanInput {
  /** What is asked for, normalised. */
  spec: NormalSpec;
  /** What the template makes of it. */
  files: readonly RenderedFile[];
  /** What was observed, without what follows from the files. */
  facts: Omit<ObservedFacts, 'bundleDigest'>;
  /** What it costs a month, or why that is not known. */
  cost: Cost;
  /** What would keep it from the computer that runs it; null where none here would. */
  isolation: Isolation | null;
  /** What stands in the way, see `obstaclesOf`. */
  obstacles: readonly Said[];
  /** ISO 8601. */
  asOf: string;
}

/** The plan of a request: nothing of it is done. @public */
export function makePlan(input: PlanInput, hash: Hash): Plan {
  const { spec, cost, isolation, asOf } = input;
  const { kind, namespace, name } = input.facts;
  const files = input.files.map(file => plannedFile(file, hash));
  const bundleDigest = bundleDigestOf(files, hash);
  const facts: ObservedFacts = { ...input.facts, bundleDigest };
  const specDigest = specDigestOf(kind, spec, hash);
  const { effects, assumptions } =
    facts.mode === 'update' ? planUpdate(spec, facts) : planCreate(spec, facts);
  return {
    kind,
    namespace,
    name,
    specDigest,
    planDigest: planDigestOf(specDigest, facts, hash),
    bundleDigest,
    files,
    effects,
    cost,
    isolation,
    assumptions,
    obstacles: [...input.obstacles],
    asOf,
  };
}

/** What may stand in the way of a create. @public */
export interface ObstacleInput {
  /** What is asked for, normalised. */
  spec: NormalSpec;
  /** What was observed of its name and its places. */
  facts: Pick<ObservedFacts, 'namespace' | 'name' | 'repository' | 'entity'>;
  /** Group that has the name; undefined where it is free. */
  takenBy?: string;
  /** Whether the owner is one the person may create for. */
  ownerAllowed: boolean;
  /** How much of what is limited is taken. */
  quotas: readonly Quota[];
}

/** Everything that stands in the way of a create, in words. @public */
export function obstaclesOf(input: ObstacleInput): Said[] {
  const { spec, facts, takenBy, ownerAllowed, quotas } = input;
  const { name } = facts;
  const { repository, entity } = namesOf(facts, spec);
  const full = fullQuota(quotas);
  const found = [
    nameFault(name, spec.language),
    takenBy !== undefined && say('name.taken', { name, owner: takenBy }),
    facts.repository === 'taken' && say('name.taken_elsewhere', { repository }),
    facts.entity === 'other' && say('name.in_catalog', { entity }),
    !ownerAllowed && say('owner.not_yours', { owner: spec.owner }),
    full && quotaWords(full, spec.owner),
  ];
  return found.filter((words): words is Said => Boolean(words));
}
