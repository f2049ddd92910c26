import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  provisioningRequestDeployPermission as deploy,
  provisioningRequestDestroyPermission as destroy,
  provisioningRequestPurgePermission as purge,
  provisioningRequestReadPermission as read,
  provisioningRequestUpdatePermission as update,
  type RequestAction,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  accessTo,
  provisioningWords,
  rolesOf,
  whoMay,
  type AccessibleRequest,
  type Somebody,
  type Verdict,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Viewer } from '@fawkes/kit-backend/access';
import { clipText, type Said } from '@fawkes/kit-contract';
import type { Initiator, People } from '../people/people';
import type { RequestRow } from '../store/tables';
import type { OwnedRequest } from './rules';

/**
 * The permission that may narrow an action. What is the platform group's alone
 * is asked for by `provisioning.request.operate` already.
 */
const PERMISSIONS: Record<RequestAction, ResourcePermission | undefined> = {
  see: read,
  update,
  deploy,
  rollback: deploy,
  merge: update,
  cancel: update,
  retry: update,
  start: update,
  stop: update,
  destroy,
  force: undefined,
  purge,
  forget: undefined,
  transfer: update,
  accept_transfer: update,
  attic: update,
  pull: read,
  push: update,
};

/** Whoever asks, and what they may do with requests. */
export class Asker {
  private constructor(
    readonly viewer: Viewer,
    readonly somebody: Somebody,
    private readonly people: People,
  ) {}

  static async of(people: People, viewer: Viewer): Promise<Asker> {
    return new Asker(viewer, await people.somebody(viewer), people);
  }

  /** Whether they may do something; hidden is 404, denied 403. */
  async verdict(action: RequestAction, row: RequestRow): Promise<Verdict> {
    const rule = accessTo(action, accessible(row), this.somebody);
    if (rule === 'hidden') return 'hidden';
    const resource = ownedOf(row);
    // A permission narrows what the rules allow, and widens nothing.
    if (!(await this.viewer.may(read, resource))) return 'hidden';
    if (rule === 'denied') return 'denied';
    const permission = PERMISSIONS[action];
    const may = !permission || (await this.viewer.may(permission, resource));
    return may ? 'allowed' : 'denied';
  }

  /**
   * Lets nobody through who may not.
   *
   * @throws NotFoundError for what is not to be seen, NotAllowedError saying who may
   */
  async require(action: RequestAction, row: RequestRow): Promise<void> {
    const verdict = await this.verdict(action, row);
    if (verdict === 'hidden') throw unseen(row.id);
    if (verdict === 'denied') {
      throw new NotAllowedError(
        `This is not yours to do. ${whoMay(action, accessible(row)).text} may`,
      );
    }
  }

  /**
   * Who begins a run now, and by what right it goes on.
   *
   * @throws NotAllowedError when the catalog would not say so of them afterwards
   */
  async initiator(
    row: Pick<RequestRow, 'owner' | 'requester' | 'practice' | 'pending_owner'>,
  ): Promise<Initiator> {
    const ref = this.viewer.person();
    const roles = rolesOf(accessible(row), this.somebody);
    const own = row.practice ? 'practice' : 'owner';
    const rights = roles.has(row.practice ? 'requester' : 'owner')
      ? own
      : 'platform';
    return this.proven({ ref, rights }, row.owner);
  }

  /**
   * Lets nobody begin what could not go on: sign-in and policy say what somebody may
   * do while they ask, and only the catalog what they may do afterwards.
   *
   * @throws NotAllowedError
   */
  async proven(initiator: Initiator, owner: string): Promise<Initiator> {
    const words = await this.unproven(initiator, owner);
    if (words) throw new NotAllowedError(words.text);
    return initiator;
  }

  /** Why a run that somebody begins could not go on, by the catalog; undefined when it could. */
  async unproven(
    initiator: Initiator,
    owner: string,
  ): Promise<Said | undefined> {
    if (await this.people.stillMay(initiator, owner)) return undefined;
    return provisioningWords.say('owner.unproven', {
      person: initiator.ref,
      owner,
    });
  }

  /** The plugin that asks, when it may end practice. */
  practiceEnder(): string | undefined {
    return this.people.practiceEnder(this.viewer.credentials);
  }
}

/** The answer to a request that is not there or not to be seen: the same for both. */
export function unseen(id: string): NotFoundError {
  return new NotFoundError(
    `There is no request '${clipText(id)}', or you may not see it`,
  );
}

/** A request as access depends on it. */
export function accessible(
  row: Pick<RequestRow, 'owner' | 'requester' | 'practice' | 'pending_owner'>,
): AccessibleRequest {
  return {
    owner: row.owner,
    requester: row.requester,
    practice: Boolean(row.practice),
    pendingOwner: row.pending_owner,
  };
}

/** A request as permission rules see it. */
export function ownedOf(
  row: Pick<RequestRow, 'id' | 'owner' | 'requester' | 'practice'>,
): OwnedRequest {
  return {
    ref: row.id,
    owner: row.owner,
    requester: row.requester,
    practice: Boolean(row.practice),
  };
}
