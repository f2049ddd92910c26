import { insertRows, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { Built } from '../local';
import { builds, type BuildRow } from './store';

/** What became of commits that were built. */
export class Builds {
  constructor(private readonly db: Knex, private readonly now: () => number) {}

  async find(requestId: string, commit: string): Promise<BuildRow | undefined> {
    const [row] = await select(
      this.db(builds.name).where({ request_id: requestId, commit_sha: commit }),
      builds,
    );
    return row;
  }

  /** The newest commit that an artifact was built of. */
  async commitOf(
    requestId: string,
    digest: string,
  ): Promise<string | undefined> {
    const [row] = await select(
      this.db(builds.name)
        .where({ request_id: requestId, digest })
        .orderBy('built_at', 'desc')
        .limit(1),
      builds,
      'commit_sha',
    );
    return row?.commit_sha;
  }

  /** Commits with a green build, with their artifacts. */
  async green(requestId: string): Promise<Map<string, string>> {
    const rows = await select(
      this.db(builds.name)
        .where({ request_id: requestId })
        .whereNotNull('digest'),
      builds,
      'commit_sha',
      'digest',
    );
    return new Map(
      rows.flatMap(({ commit_sha, digest }) =>
        digest === null ? [] : [[commit_sha, digest]],
      ),
    );
  }

  async keep(requestId: string, commit: string, built: Built): Promise<void> {
    await insertRows(
      this.db,
      builds,
      [
        {
          request_id: requestId,
          commit_sha: commit,
          green: built.green,
          digest: built.green ? built.digest : null,
          failed: built.green ? null : built.failed,
          why: built.green ? null : built.why,
          seconds: JSON.stringify(built.seconds),
          built_at: this.now(),
        },
      ],
      { update: ['green', 'digest', 'failed', 'why', 'seconds', 'built_at'] },
    );
  }

  async forget(requestId: string): Promise<void> {
    await this.db(builds.name).where({ request_id: requestId }).delete();
  }
}
