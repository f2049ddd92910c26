import { Readable } from 'node:stream';
import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import type {
  DocumentCollatorFactory,
  IndexableDocument,
} from '@backstage/plugin-search-common';
import type { ChangeSummary } from '@fawkes/backstage-plugin-cab-common';
import type { CabService } from '@fawkes/backstage-plugin-cab-node';

/** Most change requests that are indexed, the newest ones. */
const MOST = 20_000;
const PAGE = 200;

/** A change request as the search knows it. */
export interface ChangeDocument extends IndexableDocument {
  entityRef: string;
  environment: string;
  state: string;
}

/** What collating is put together from. */
export interface CollatorDeps {
  auth: AuthService;
  cab: Pick<CabService, 'changes'>;
  logger: LoggerService;
}

/**
 * Reads change requests for the search. Each is as visible as its entity: the search
 * asks the catalog's own permission for it, for whoever searches. What people wrote
 * beyond a title is not indexed.
 */
export class ChangeCollatorFactory implements DocumentCollatorFactory {
  readonly type = 'cab-change';
  readonly visibilityPermission = catalogEntityReadPermission;

  constructor(private readonly deps: CollatorDeps) {}

  async getCollator(): Promise<Readable> {
    return Readable.from(this.#documents());
  }

  async *#documents(): AsyncGenerator<ChangeDocument> {
    const { auth, cab, logger } = this.deps;
    let cursor: string | undefined;
    for (let count = 0; count < MOST; ) {
      const page = await cab.changes(
        { limit: PAGE, cursor },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      if (!page) {
        logger.info('Change approval is not installed, so none is indexed');
        return;
      }
      yield* page.items.map(documentOf);
      count += PAGE;
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
    logger.warn(`Only the newest ${MOST} change requests are indexed`);
  }
}

function documentOf(change: ChangeSummary): ChangeDocument {
  const { id, title, entity, environment, state, headSha, submitter } = change;
  return {
    title,
    text: [entity.title, entity.ref, environment, headSha, submitter].join(' '),
    location: `/changes/${id}`,
    entityRef: entity.ref,
    environment,
    state,
    authorization: { resourceRef: entity.ref },
  };
}
