import { updateBranch } from '@fawkes/backstage-plugin-provisioning-common';
import { needsPerson } from '../api/endings';
import {
  entriesOf,
  headOf,
  ourRepository,
  readBlob,
  textOf,
  unexpected,
} from '../api/look';
import { say } from '../words';
import { overlay, threeWay, type Merged, type ReadBlob } from './merged';
import { done, type Look, type Parts } from './parts';
import { propose, pullOf } from './proposal';

/** An update, as a pull request. The default branch is never pushed to. */
export function proposeUpdate(parts: Parts): Look {
  const { api, place, context } = parts;
  const branch = updateBranch(context.request.revision);
  return async () => {
    const { repository } = await ourRepository(api, place, context);
    const into = repository.default_branch;
    if (repository.archived) {
      throw needsPerson(say('github.archived', { repository: textOf(place) }));
    }
    const head = await headOf(api, place, into);
    if (!head) {
      throw needsPerson(say('github.empty', { repository: textOf(place) }));
    }
    const merged = await mergedInto(parts, head.tree);
    const before = await pullOf(api, place, branch);
    if (merged.changes.length === 0 && !before) {
      return done({
        note: say('github.nothing_to_propose', { branch: into }),
        output: { conflicts: merged.conflicts.map(({ path }) => path) },
      });
    }
    const proposal = await propose(parts, {
      branch,
      into,
      head,
      merged,
      about: 'update',
    });
    if ('next' in proposal) return proposal;
    const { number, url, commit, state } = proposal;
    return done({
      origin: 'created',
      links: [{ kind: 'pull-request', title: `#${number}`, target: url }],
      output: {
        branch,
        commit,
        pullRequest: number,
        proposal: url,
        conflicts: merged.conflicts.map(({ path }) => path),
      },
      ...(state !== 'open' && {
        note: say(`github.proposal_${state}`, { number }),
      }),
      ...(state === 'open' &&
        merged.conflicts.length > 0 && {
          note: say('github.conflicts', {
            number,
            count: merged.conflicts.length,
          }),
        }),
    });
  };
}

/**
 * What the update makes of a tree: three ways where the files of the first
 * commit of ours are known, otherwise over what is there.
 */
async function mergedInto(parts: Parts, head: string): Promise<Merged> {
  const { api, place, context } = parts;
  const files = await context.bundle();
  const theirs = await entriesOf(api, place, head);
  const tree = context.outputOf('repo:ensure')?.tree;
  const before = typeof tree === 'string' && (await baseOf(parts, tree));
  if (!before) return overlay(files, theirs);
  const read: ReadBlob = sha => readBlob(api, place, sha);
  return threeWay(files, before, theirs, read);
}

/** The files we wrote first; undefined where the repository has forgotten them. */
async function baseOf({ api, place }: Parts, tree: string) {
  const answer = await api.call(
    'GET /repos/{owner}/{repo}/git/trees/{tree_sha}',
    { ...place, tree_sha: tree },
  );
  if (!answer.ok) {
    if (answer.status === 404 || answer.status === 422) return undefined;
    throw unexpected(api, answer, 'read the tree', tree);
  }
  return entriesOf(api, place, tree);
}
