import type { CiAttachQuery } from '@fawkes/backstage-plugin-cab-common';
import { select } from '@fawkes/kit-backend/sql';
import type { CaseDeps } from '../cases/deps';
import { twinKeyOf } from '../cases/moving';
import { missing, notAllowed, notFound } from '../cases/refusals';
import { changes, type ChangeRow } from '../store/tables';
import type { Pipeline } from './pipelines';

/** What finding it needs. */
export interface BoundDeps extends Pick<CaseDeps, 'db'> {
  /** The repository an entity is built from, by an annotation or any usual one; undefined for none. */
  repositoryOf: (
    entityRef: string,
    annotation?: string,
  ) => Promise<string | undefined>;
}

/**
 * The change request a pipeline sends something for. It has to be of the repository
 * of the entity, and to have run on the commit.
 */
export async function boundChange(
  deps: BoundDeps,
  query: CiAttachQuery,
  pipeline: Pipeline,
): Promise<{ row: ChangeRow; repository: string }> {
  const row = await changeOf(deps, query);
  const expected =
    row && (await deps.repositoryOf(row.entity_ref, pipeline.annotation));
  // Of others' change requests a pipeline learns nothing, not even that they are.
  if (
    !row ||
    !expected ||
    expected.toLowerCase() !== pipeline.repository.toLowerCase()
  ) {
    throw notFound('ci.no_change');
  }
  if (pipeline.commit !== row.head_sha) {
    throw notAllowed('ci.commit', {
      commit: pipeline.commit,
      headSha: row.head_sha,
    });
  }
  return { row, repository: expected };
}

async function changeOf(
  { db }: BoundDeps,
  { changeId, entityRef, environment, headSha }: CiAttachQuery,
): Promise<ChangeRow | undefined> {
  if (changeId !== undefined) {
    const [row] = await select(db(changes.name).where('id', changeId), changes);
    return row;
  }
  if (!entityRef || !environment || !headSha) throw missing('ci.which');
  const [row] = await select(
    db(changes.name).where(
      'twin_key',
      twinKeyOf({ entity_ref: entityRef, environment, head_sha: headSha }),
    ),
    changes,
  );
  return row;
}
