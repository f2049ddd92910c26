import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type {
  CodeReview,
  Identity,
} from '@fawkes/backstage-plugin-cab-common/rules';

/** Which change is asked about. @public */
export interface ChangeFactsQuestion {
  /** What is to be changed, with its annotations. */
  entity: Entity;
  /** The commit that is to be deployed. */
  headSha: string;
  /** Where to. */
  environment: string;
  /** The commit that was last deployed there successfully; undefined for none. */
  deployedSha: string | undefined;
}

/** A commit between the two, with everybody it names. @public */
export interface ChangeCommit {
  /** Its id. */
  sha: string;
  /** Who wrote it. */
  author: Identity;
  /** Who committed it. */
  committer: Identity;
  /** Its whole message: co-authors stand in it. */
  message: string;
  /** Written by no person. */
  bot?: boolean;
  /** Who enabled or triggered the bot. */
  botOperator?: Identity;
  /** The same as an entity ref, where the provider knows the User. */
  operatorRef?: string | undefined;
  /** Entity ref of who pushed it, by what the server knows and not by what it says. */
  pushedBy?: string | undefined;
}

/** What a Git provider knows about a change. @public */
export interface ChangeFacts {
  /** The commits from the base to the head; the base is not among them. */
  commits: readonly ChangeCommit[];
  /** Lines added and deleted; null when there is no diff to count. */
  changedLines: number | null;
  /** Schema, access or network are touched; null when nobody can tell. */
  structural: boolean | null;
  /**
   * Who wrote it cannot be told, however long one waits: there is no such commit, or
   * there are too many to be read. Then nobody decides about it.
   */
  untold?: 'no_commit' | 'too_many';
  /** What people said of the code before it was merged; none where nobody is asked. */
  reviews?: readonly CodeReview[];
  /** What was read, for people: `github.com/acme/shop@1a2b3c`. */
  reference: string;
}

/**
 * Reads what a Git provider knows about a change. Authors and size come from here
 * and never from a request.
 * @public
 */
export interface ChangeFactsProvider {
  /** Names it: `github`, `git`. */
  readonly id: string;
  /**
   * What is known of a change; undefined when the repository is none of its own.
   * Throws when it could not be read: that is unknown and not nothing.
   */
  read(
    question: ChangeFactsQuestion,
    options: { signal: AbortSignal },
  ): Promise<ChangeFacts | undefined>;
}

/** Adds providers of change facts. @public */
export interface ChangeFactsExtensionPoint {
  /**
   * Adds one; those that were added first are asked first.
   *
   * @throws Error when there is one of the same id
   */
  addProvider(provider: ChangeFactsProvider): void;
}

/** See {@link ChangeFactsExtensionPoint}. @public */
export const changeFactsExtensionPoint =
  createExtensionPoint<ChangeFactsExtensionPoint>({ id: 'cab.change-facts' });
