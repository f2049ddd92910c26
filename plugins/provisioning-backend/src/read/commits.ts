import { NotFoundError } from '@backstage/errors';
import type {
  CommitsQuery,
  CommitsResponse,
} from '@fawkes/backstage-plugin-provisioning-common';
import type { Core } from '../core';
import { personOf } from '../effects/local/repoEnsure';
import { iso } from '../store/json';
import { runsOf } from '../store/requests';
import type { RequestRow } from '../store/tables';

/**
 * `GET …/commits`: what lies between two commits of a repository on this computer.
 *
 * @throws NotFoundError where there is no repository on this computer
 */
export async function readCommits(
  core: Core,
  row: RequestRow,
  query: CommitsQuery,
): Promise<CommitsResponse> {
  const host = row.host === 'local' ? core.localHost() : undefined;
  const found = await host?.commitsOf(row.id, query);
  if (!found) {
    throw new NotFoundError(
      `There is no repository of ${row.name} on this computer`,
    );
  }
  const runs = found.items.some(({ own }) => own)
    ? await runsOf(core.db, row.id)
    : [];
  // The portal signs its commits with the name of whose run it is.
  const initiators = new Map(
    runs.map(({ initiator }) => [personOf(initiator).email, initiator]),
  );
  return {
    asOf: iso(core.now()),
    ...found,
    items: found.items.map(item =>
      item.own
        ? { ...item, by: initiators.get(item.author.email) ?? null }
        : item,
    ),
  };
}
