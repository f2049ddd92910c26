import {
  MAX_DIFF_TEXT,
  type FileChange,
  type Revision,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  textOf,
  unifiedDiff,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { updateBranch } from '@fawkes/backstage-plugin-provisioning-common';
import type { EffectRequest } from '../effects/driver';
import type { MergeOutcome } from '../effects/localHost';
import { personOf, PORTAL } from '../effects/local/repoEnsure';
import { filesAt, isAncestor, mergeUpdate, tipOf, type FileAt } from '../local';
import type { HostParts } from './parts';
import { conflictsOf } from './proposals';
import type { ProposalRow } from './store';

/** An update as the request page shows it, with main as it is now. */
export async function reviewOf(
  { repositories, proposals }: HostParts,
  request: EffectRequest,
  revision: number,
): Promise<Revision['review']> {
  if (revision === 1) return null;
  const branch = updateBranch(revision);
  const row = await repositories.byRequest(request.id);
  const kept = await proposals.find(request.id, revision);
  if (!row || !kept) {
    return { state: 'preparing', branch, head: null, files: [], url: null };
  }
  const later = await proposals.hasLater(request.id, revision);
  const found = await repositories.whileThere(row, directory =>
    reviewIn(directory, kept, later),
  );
  if (found) return { ...found, branch, url: null };
  // It is being taken down while somebody looks.
  const state = kept.merged ? ('merged' as const) : ('closed' as const);
  return { state, branch, head: null, files: [], url: null };
}

/** What an update is beside main as it is. */
async function reviewIn(
  directory: string,
  kept: ProposalRow,
  later: boolean,
): Promise<Pick<NonNullable<Revision['review']>, 'state' | 'head' | 'files'>> {
  const head = (await tipOf(directory)) ?? null;
  const isIn =
    kept.tip !== kept.base &&
    head !== null &&
    (await isAncestor(directory, kept.tip, head));
  const open = later ? ('closed' as const) : ('open' as const);
  const state = kept.merged || isIn ? ('merged' as const) : open;
  const conflicts = conflictsOf(kept);
  const [before, after, wanted] = await Promise.all(
    [kept.base, kept.tip, kept.rendered].map(commit =>
      filesAt(directory, commit),
    ),
  );
  return {
    state,
    head,
    files: [
      ...changesBetween(before, after),
      ...conflicts.map(
        ({ path }): FileChange => ({
          path,
          change: 'conflict',
          diff: diffOf(path, before.get(path), wanted.get(path)),
        }),
      ),
    ],
  };
}

/** Merges what was looked at, if main and the branch still are. */
export async function merge(
  { repositories, proposals, pushes, clock }: HostParts,
  request: EffectRequest,
  { revision, head, by }: { revision: number; head: string; by: string },
): Promise<MergeOutcome> {
  const row = await repositories.byRequest(request.id);
  const kept = await proposals.find(request.id, revision);
  if (!row || !kept || !(await repositories.isThere(row))) {
    return { outcome: 'gone' };
  }
  const directory = repositories.directoryOf(row);
  const written = async () => {
    await proposals.keep({ ...kept, merged: true });
    await repositories.update(row, {
      written_revision: revision,
      written_commit: kept.rendered,
    });
    // The core is told as of any push, and begins the run that deploys it.
    await pushes.tell(row.id);
  };
  const conflicts = conflictsOf(kept).map(({ path }) => path);
  if (kept.tip === kept.base && conflicts.length > 0) {
    return { outcome: 'conflicts', paths: conflicts };
  }
  const at = Math.trunc(clock.time() / 1_000);
  const merged = await mergeUpdate({
    directory,
    branch: kept.branch,
    tip: kept.tip,
    head,
    author: personOf(by),
    user: by,
    committer: PORTAL,
    at,
    message: `Merge ${kept.branch}`,
  });
  switch (merged.outcome) {
    case 'merged':
      await written();
      return { outcome: 'merged', commit: merged.commit };
    case 'already':
      await written();
      return { outcome: 'merged', commit: merged.head };
    case 'conflict':
      return { outcome: 'conflicts', paths: merged.paths };
    default:
      return merged.head === null
        ? { outcome: 'gone' }
        : { outcome: 'moved', head: merged.head };
  }
}

function changesBetween(
  before: ReadonlyMap<string, FileAt>,
  after: ReadonlyMap<string, FileAt>,
): FileChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path): FileChange[] => {
    const [old, now] = [before.get(path), after.get(path)];
    if (old && now && old.mode === now.mode && old.bytes.equals(now.bytes)) {
      return [];
    }
    const known = old ? ('changed' as const) : ('added' as const);
    const change = now ? known : ('removed' as const);
    return [{ path, change, diff: diffOf(path, old, now) }];
  });
}

function diffOf(
  path: string,
  before: FileAt | undefined,
  after: FileAt | undefined,
): string | null {
  const texts = [before, after].map(file => (file ? textOf(file.bytes) : null));
  if (texts.includes(undefined)) return null;
  const [old, now] = texts as Array<string | null>;
  const diff = unifiedDiff(path, old, now);
  return diff !== null && diff.length <= MAX_DIFF_TEXT ? diff : null;
}
