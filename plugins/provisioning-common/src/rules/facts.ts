import type { Kind } from '../contract';

/** What was seen in the place of a repository. @public */
export const REPOSITORY_FACTS = [
  /** Nothing is there. */
  'absent',
  /** Ours, by its marker. */
  'ours',
  /** Somebody's, and it holds exactly what would be written. */
  'same',
  /** Somebody's, with other content: it is proposed, never pushed over. */
  'diverged',
  /** Another repository answers under the name, or it may not be used. */
  'taken',
  /** It could not be looked at. */
  'unknown',
] as const;
/** One of {@link REPOSITORY_FACTS}. @public */
export type RepositoryFact = (typeof REPOSITORY_FACTS)[number];

/** What was seen under the entity's reference in the catalog. @public */
export const ENTITY_FACTS = ['absent', 'ours', 'other', 'unknown'] as const;
/** One of {@link ENTITY_FACTS}. @public */
export type EntityFact = (typeof ENTITY_FACTS)[number];

/**
 * The observed facts that change effects: together with the spec they are what a
 * plan digest is over. A type and no interface: it is JSON.
 * @public
 */
export type ObservedFacts = {
  /** Whether there is a request already, which would be updated. */
  mode: 'create' | 'update';
  kind: Kind;
  namespace: string;
  name: string;
  /** What would be written. */
  bundleDigest: string;
  repository: RepositoryFact;
  entity: EntityFact;
  /** Whether something here builds and runs services. */
  deployer: boolean;
};
