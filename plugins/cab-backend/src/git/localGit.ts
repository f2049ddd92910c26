import type { AuthService } from '@backstage/backend-plugin-api';
import {
  sizeOf,
  type SizePatterns,
} from '@fawkes/backstage-plugin-cab-common/rules';
import type {
  ChangeCommit,
  ChangeFacts,
  ChangeFactsProvider,
  ChangeFactsQuestion,
} from '@fawkes/backstage-plugin-cab-node';
import {
  ANNOTATION_PROVISIONING_REQUEST,
  type CommitsResponse,
  type ToldCommit,
} from '@fawkes/backstage-plugin-provisioning-common';
import type { ProvisioningService } from '@fawkes/backstage-plugin-provisioning-node';

/** What the provider asks. */
export interface LocalGitDeps {
  provisioning: Pick<ProvisioningService, 'commits'>;
  auth: AuthService;
  size: SizePatterns;
}

/**
 * Change facts of repositories on the portal's own computer, which the provisioning
 * plugin keeps. Who pushed a commit is known there by the log of pushes, so somebody
 * who writes another name into a commit is of the author side all the same. There
 * are no reviews of code in them.
 */
export function localGit({
  provisioning,
  auth,
  size,
}: LocalGitDeps): ChangeFactsProvider {
  return {
    id: 'git',
    async read({ entity, headSha, deployedSha }) {
      const id = entity.metadata.annotations?.[ANNOTATION_PROVISIONING_REQUEST];
      if (!id || id.length > 64) return undefined;
      const credentials = await auth.getOwnServiceCredentials();
      const question = {
        id,
        to: headSha,
        ...(deployedSha !== undefined && { from: deployedSha }),
      };
      let told: CommitsResponse | undefined;
      try {
        told = await provisioning.commits(question, { credentials });
      } catch (error) {
        // Its repository is elsewhere, or it never was a service of ours.
        if (isNotFound(error)) return undefined;
        throw error;
      }
      return told && factsOf(told, { headSha, deployedSha }, size);
    },
  };
}

function isNotFound(error: unknown): boolean {
  return (error as { statusCode?: unknown }).statusCode === 404;
}

/** What a range of commits says of a change. */
export function factsOf(
  { repository, known, base, items, more, files }: CommitsResponse,
  {
    headSha,
    deployedSha,
  }: Pick<ChangeFactsQuestion, 'headSha' | 'deployedSha'>,
  patterns: SizePatterns,
): ChangeFacts {
  const reference = `${repository}@${headSha.slice(0, 12)}`;
  const nothing = { commits: [], changedLines: null, structural: null };
  if (!known) return { ...nothing, reference, untold: 'no_commit' };
  if (more) return { ...nothing, reference, untold: 'too_many' };
  // Where it goes back to an older commit, there is a change that no diff to it shows.
  const isBack = base === headSha && deployedSha !== headSha;
  const size = files === null || isBack ? undefined : sizeOf(files, patterns);
  return {
    commits: items.map(commitOf),
    changedLines: size?.changedLines ?? null,
    structural: size?.structural ?? null,
    reference,
  };
}

function commitOf(told: ToldCommit): ChangeCommit {
  const { sha, author, committer, title, coAuthors, own, by } = told;
  return {
    sha,
    author: { email: author.email },
    committer: { email: committer.email },
    message: [title, '', ...coAuthors].join('\n'),
    ...(own
      ? { bot: true, operatorRef: by ?? undefined }
      : { pushedBy: by ?? undefined }),
  };
}
