import { DEFAULT_NAMESPACE, parseEntityRef } from '@backstage/catalog-model';
import { isAway } from '@fawkes/kit-backend/http';
import { insertRows, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import {
  createHash,
  randomBytes,
  timingSafeEqual,
  type BinaryLike,
} from 'node:crypto';
import type { LocalHostAsks } from '../effects/localHost';
import type { Access, AccessQuestion } from '../local';
import type { Repositories } from './repositories';
import { gitTokens } from './store';

/** The portal's own name for git. */
const PORTAL = 'portal';

/**
 * What git calls a person: a name that passes through `user:password` and the address of a remote as it is, which an
 * entity ref does not. `~` is in no entity name, so no two people share one.
 */
export function gitNameOf(userRef: string): string {
  const { namespace, name } = parseEntityRef(userRef);
  return namespace === DEFAULT_NAMESPACE ? name : `${namespace}~${name}`;
}

/** How long a token lives, in milliseconds (8 hours). */
export const TOKEN_LIFE = 8 * 3_600_000;

const hashOf = (text: BinaryLike) =>
  createHash('sha256').update(text).digest('hex');

/**
 * Who may use which repository: the portal by a password that lives as long as
 * its process, people by tokens of which only the hash is kept.
 */
export class GitAccess {
  /** In no row and no argument of a program. */
  readonly portal = {
    user: PORTAL,
    password: randomBytes(32).toString('base64url'),
  };

  constructor(
    private readonly db: Knex,
    private readonly repositories: Repositories,
    private readonly asks: Pick<LocalHostAsks, 'mayUse'>,
    private readonly now: () => number,
  ) {}

  /** Makes a password for one person and one repository. */
  async makeToken(userRef: string, requestId: string) {
    const token = randomBytes(24).toString('base64url');
    const expires = this.now() + TOKEN_LIFE;
    await insertRows(this.db, gitTokens, [
      {
        hash: hashOf(token),
        user_ref: userRef,
        request_id: requestId,
        expires_at: expires,
      },
    ]);
    return {
      user: gitNameOf(userRef),
      token,
      expiresAt: new Date(expires).toISOString(),
    };
  }

  /** Whether somebody may, by the catalog and the policy of now. */
  readonly authorise = async (question: AccessQuestion): Promise<Access> => {
    if (question.user === PORTAL && this.isPortal(question.password)) {
      return { allowed: true, user: PORTAL, portal: true };
    }
    const [token] = await select(
      this.db(gitTokens.name)
        .where({ hash: hashOf(question.password) })
        .where('expires_at', '>', this.now()),
      gitTokens,
    );
    // The password says who it is; the name has to agree, so that what a log of git says is true.
    if (!token || gitNameOf(token.user_ref) !== question.user) {
      return { allowed: false, because: 'credentials' };
    }
    const repository = await this.repositories.byAddress(question.repository);
    if (repository?.request_id !== token.request_id) {
      return { allowed: false, because: 'unknown' };
    }
    const may = await this.mayUse(token);
    if (!may) return { allowed: false, because: 'away' };
    if (!may.pull) return { allowed: false, because: 'unknown' };
    return question.operation === 'push' && !may.push
      ? { allowed: false, because: 'forbidden' }
      : { allowed: true, user: token.user_ref };
  };

  /** Undefined while nobody can say. */
  private async mayUse(token: { user_ref: string; request_id: string }) {
    try {
      return await this.asks.mayUse(token.user_ref, token.request_id);
    } catch (error) {
      if (isAway(error)) return undefined;
      throw error;
    }
  }

  /** Takes all passwords of a repository back. */
  async revoke(requestId: string): Promise<void> {
    await this.db(gitTokens.name).where({ request_id: requestId }).delete();
  }

  /** Deletes those that nobody can use any more. */
  async forget(): Promise<void> {
    await this.db(gitTokens.name)
      .where('expires_at', '<=', this.now())
      .delete();
  }

  private isPortal(password: string): boolean {
    return timingSafeEqual(
      Buffer.from(hashOf(password)),
      Buffer.from(hashOf(this.portal.password)),
    );
  }
}
