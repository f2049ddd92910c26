import { updateBranch } from '@fawkes/backstage-plugin-provisioning-common';
import {
  mergeTrees,
  textOf,
  type MergedTree,
  type Tree,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { createHash } from 'node:crypto';
import { localRepository } from '../../host/deliveryEvents';
import type { HostParts } from '../../host/parts';
import { conflictsOf } from '../../host/proposals';
import type { ProposalRow, RepositoryRow } from '../../host/store';
import { say } from '../../host/words';
import {
  changeTree,
  commitTree,
  filesAt,
  hasCommit,
  isAncestor,
  keepCommit,
  moveBranch,
  tipOf,
  TooMuchError,
  type FileAt,
  type NewFile,
} from '../../local';
import type {
  EffectContext,
  EffectDriver,
  EffectResult,
  Sighting,
} from '../driver';
import { isLocal } from './isLocal';
import { wordsFor } from './repoEnsure';

/** How often main may move in between. */
const ATTEMPTS = 3;

/** Puts an update onto a branch of its own, for people to look at: `repo:propose`. */
export function repoPropose(parts: HostParts): EffectDriver {
  const { repositories, proposals } = parts;
  return {
    types: ['repo:propose'],
    makes: isLocal,
    place: 'local-host',

    async make(context): Promise<EffectResult> {
      const { request } = context;
      const row = await repositories.byRequest(request.id);
      if (!row || !(await repositories.isThere(row))) {
        return { state: 'failed', needsPerson: true, reason: say('repo.gone') };
      }
      if (!row.written_commit) {
        return {
          state: 'failed',
          needsPerson: true,
          reason: say('propose.no_base'),
        };
      }
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const proposed = await propose(
          parts,
          context,
          row,
          row.written_commit,
        ).catch(tooMuch);
        if (proposed) {
          parts.asks.changed(request.id);
          return proposed;
        }
      }
      return {
        state: 'failed',
        reason: say('repo.refused', { said: 'main moved in between' }),
      };
    },

    async lookUp({ request }): Promise<Sighting> {
      const row = await repositories.byRequest(request.id);
      const kept = await proposals.find(request.id, request.revision);
      if (!row || !kept) return { state: 'absent' };
      const directory = repositories.directoryOf(row);
      const tip = await tipOf(directory, kept.branch);
      const main = await tipOf(directory);
      const merged =
        kept.tip === kept.base ||
        (main !== undefined && (await isAncestor(directory, kept.tip, main)));
      return tip === kept.tip || merged
        ? resultOf(request, kept)
        : { state: 'absent' };
    },
  };
}

function tooMuch(error: unknown): EffectResult {
  if (!(error instanceof TooMuchError)) throw error;
  const reason = say('propose.too_much');
  return { state: 'failed', needsPerson: true, reason };
}

/** Undefined where main moved meanwhile. */
async function propose(
  { repositories, proposals }: HostParts,
  context: EffectContext,
  row: RepositoryRow,
  base: string,
): Promise<EffectResult | undefined> {
  const { request, effect, beforeCall } = context;
  const directory = repositories.directoryOf(row);
  const main = await tipOf(directory);
  if (!main || !(await hasCommit(directory, base))) {
    return { state: 'failed', needsPerson: true, reason: say('repo.gone') };
  }
  const branch = updateBranch(request.revision);
  const words = wordsFor(context, `Update ${request.name}`);
  const ours = new Map<string, FileAt>(
    (await context.bundle()).map(({ path, mode, bytes }) => [
      path,
      { mode, bytes: Buffer.from(bytes) },
    ]),
  );
  const theirs = await filesAt(directory, main);
  const merged = mergeTrees(
    treeOf(await filesAt(directory, base)),
    treeOf(ours),
    treeOf(theirs),
  );
  const work = repositories.workDirectory;
  const rendered = await commitTree(
    directory,
    await changeTree(directory, work, undefined, ours),
    [],
    words,
  );
  await keepCommit(directory, `rendered-${request.revision}`, rendered);
  const kept: ProposalRow = {
    request_id: request.id,
    revision: request.revision,
    branch,
    base: main,
    tip: main,
    rendered,
    conflicts: JSON.stringify(merged.conflicts),
    merged: false,
  };
  if (merged.files.length > 0) {
    const before = await tipOf(directory, branch);
    const tree = await changeTree(
      directory,
      work,
      main,
      changesOf(merged, ours, theirs),
    );
    kept.tip = await commitTree(directory, tree, [main], words);
    if (before !== kept.tip) {
      beforeCall();
      const to = kept.tip;
      const id = `${effect.id}-${effect.attempt}`;
      const moved = await moveBranch(directory, branch, {
        from: before,
        to,
        id,
      });
      if (!moved) return undefined;
    }
  } else if (merged.conflicts.length === 0) {
    kept.merged = true;
    await repositories.update(row, {
      written_revision: request.revision,
      written_commit: rendered,
    });
  }
  await proposals.keep(kept);
  return resultOf(request, kept);
}

function resultOf(request: EffectContext['request'], kept: ProposalRow) {
  const conflicts = conflictsOf(kept);
  return {
    state: 'done' as const,
    origin: 'created' as const,
    output: {
      branch: kept.branch,
      commit: kept.tip,
      base: kept.base,
      repository: localRepository(request),
      conflicts: conflicts.map(({ path }) => path),
    },
    ...(conflicts.length > 0
      ? {
          note: say('propose.conflicts', { count: conflicts.length }),
        }
      : kept.tip === kept.base && { note: say('propose.nothing') }),
  };
}

/** Files as the rules compare them. */
export function treeOf(files: ReadonlyMap<string, FileAt>): Tree {
  return new Map(
    [...files].map(([path, { mode, bytes }]) => [
      path,
      {
        mode,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        text: textOf(bytes) ?? null,
      },
    ]),
  );
}

function changesOf(
  { files }: MergedTree,
  ours: ReadonlyMap<string, FileAt>,
  theirs: ReadonlyMap<string, FileAt>,
): Map<string, NewFile | null> {
  return new Map(
    files.map(file => {
      if (file.change === 'removed') return [file.path, null];
      const { path, mode, take } = file;
      if (take === 'text') {
        return [path, { mode, bytes: Buffer.from(file.text) }];
      }
      const from = take === 'ours' ? ours : theirs;
      return [path, { mode, bytes: from.get(path)!.bytes }];
    }),
  );
}
