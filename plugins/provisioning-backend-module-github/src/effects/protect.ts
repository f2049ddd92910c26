import type { Endpoints } from '@octokit/types';
import { needsPerson } from '../api/endings';
import { lookAt, ourRepository, textOf, unexpected, whose } from '../api/look';
import type { Protection } from '../config';
import { say } from '../words';
import { done, type Look, type Parts } from './parts';

const ROUTE = '/repos/{owner}/{repo}/branches/{branch}/protection' as const;
type Found = Endpoints[`GET ${typeof ROUTE}`]['response']['data'];

/** Keeps the default branch from being rewritten or deleted, and asks for what the operator set. */
export function protectBranch(parts: Parts): Look {
  const { api, place, context, protection } = parts;
  let made = false;
  return async () => {
    const { repository, created } = await ourRepository(api, place, context);
    const branch = repository.default_branch;
    if (!protection) {
      return done({
        note: say('github.unprotected', { branch }),
        output: { protection: 'none', branch },
      });
    }
    const found = await protectionOf(parts, branch);
    if (!found) {
      const next = async () => {
        await write(parts, branch, protection);
        made = true;
      };
      return { next };
    }
    // What equals ours on a repository of ours can only be ours, also after a crash.
    const ours = sameAs(found, protection) && (made || created);
    return done({
      origin: ours ? 'created' : 'adopted',
      output: { protection: ours ? 'made' : 'found', branch },
      ...(!ours && {
        note: say('github.protected_before', { branch }),
      }),
    });
  };
}

/** Takes our protection off; what people made of it since stays. */
export function unprotectBranch(parts: Parts): Look {
  const { api, place, context, protection } = parts;
  return async () => {
    const looked = await lookAt(api, place);
    if (looked.state === 'absent') return done();
    const ours = await whose(api, place, context, looked);
    const before = context.outputOf('repo:protect');
    const branch = String(before?.branch ?? ours?.repository.default_branch);
    const mine = before ? before.protection === 'made' : ours?.created;
    if (!ours || !mine || ours.repository.archived) return done();
    const found = await protectionOf(parts, branch);
    if (!found) return done();
    if (!protection || !sameAs(found, protection)) {
      return done({
        note: say('github.protection_stays', { branch }),
      });
    }
    return {
      next: async () => {
        const answer = await api.call(`DELETE ${ROUTE}`, { ...place, branch });
        if (answer.ok || answer.status === 404) return;
        throw unexpected(api, answer, 'take the protection off', branch);
      },
    };
  };
}

/** What a branch is protected by; undefined where it is not. */
export async function protectionOf(
  { api, place }: Pick<Parts, 'api' | 'place'>,
  branch: string,
): Promise<Found | undefined> {
  const answer = await api.call(`GET ${ROUTE}`, { ...place, branch });
  if (answer.ok) return answer.data;
  if (answer.status === 404) return undefined;
  if (answer.status === 403) throw cannot(textOf(place), answer.message);
  throw unexpected(api, answer, 'read the protection of', branch);
}

function cannot(repository: string, message: string): Error {
  return needsPerson(say('github.cannot_protect', { repository, message }));
}

async function write(
  { api, place, context }: Parts,
  branch: string,
  protection: Protection,
): Promise<void> {
  const { approvals, checks } = protection;
  const answer = await api.call(`PUT ${ROUTE}`, {
    ...place,
    branch,
    required_status_checks:
      checks.length === 0 ? null : { strict: false, contexts: [...checks] },
    required_pull_request_reviews:
      approvals === 0
        ? null
        : {
            required_approving_review_count: approvals,
            require_code_owner_reviews: true,
            dismiss_stale_reviews: true,
          },
    enforce_admins: true,
    restrictions: null,
    allow_force_pushes: false,
    allow_deletions: false,
  });
  if (answer.ok) {
    context.log(`Protected ${branch}`);
    return;
  }
  // Not on every plan for every repository, and only an administrator may.
  if (answer.status === 403) throw cannot(textOf(place), answer.message);
  throw unexpected(api, answer, 'protect the branch', branch);
}

/** Whether what is there is what we write, and no more. */
export function sameAs(
  found: Found,
  { approvals, checks }: Protection,
): boolean {
  const reviews = found.required_pull_request_reviews;
  const contexts = found.required_status_checks?.contexts ?? [];
  return (
    (reviews?.required_approving_review_count ?? 0) === approvals &&
    Boolean(reviews) === approvals > 0 &&
    (!reviews ||
      (reviews.require_code_owner_reviews && reviews.dismiss_stale_reviews)) &&
    [...contexts].sort().join('\n') === [...checks].sort().join('\n') &&
    found.enforce_admins?.enabled === true &&
    !found.restrictions &&
    !found.allow_force_pushes?.enabled &&
    !found.allow_deletions?.enabled
  );
}
