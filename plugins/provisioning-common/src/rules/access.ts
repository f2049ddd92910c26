import type { RequestAction } from '../contract';
import type { Said } from '@fawkes/kit-contract';
import { say, type WordCode } from './words';

/** What somebody is to a request. @public */
export type Role = 'owner' | 'requester' | 'platform' | 'target';

/** A request as access depends on it. @public */
export interface AccessibleRequest {
  /** Entity ref of the owning group. */
  owner: string;
  /** Entity ref of who asked for it. */
  requester: string;
  /** Made to learn with: anybody may ask for one, and it has an end. */
  practice: boolean;
  /** The group that was offered to take it over. */
  pendingOwner: string | null;
}

/** Somebody, as access depends on them. @public */
export interface Somebody {
  /** Entity ref of the person; undefined for services. */
  userRef: string | undefined;
  /** What they own, as sign-in says: themselves and their groups. */
  ownershipRefs: readonly string[];
  /** Whether they have `provisioning.request.operate`. */
  platform: boolean;
}

/** Whether somebody may do something; hidden is 404, denied 403. @public */
export type Verdict = 'allowed' | 'denied' | 'hidden';

/** Who may, and how that is said. */
type Rule = readonly [code: WordCode, ...roles: Role[]];

const members: Rule = ['who.owner', 'owner'];
const operated: Rule = ['who.owner_platform', 'owner', 'platform'];
const everyRole: Rule = [
  'who.owner_requester_platform',
  'owner',
  'requester',
  'platform',
];
const platform: Rule = ['who.platform', 'platform'];

const TABLE: Record<RequestAction, Rule> = {
  see: everyRole,
  update: members,
  deploy: members,
  rollback: members,
  merge: members,
  cancel: operated,
  retry: operated,
  start: operated,
  stop: operated,
  // The platform group takes down what is not its own by force only.
  destroy: members,
  force: platform,
  purge: platform,
  forget: platform,
  transfer: members,
  accept_transfer: ['who.target', 'target'],
  attic: members,
  pull: everyRole,
  push: members,
};

const learner: Rule = ['who.requester_platform', 'requester', 'platform'];
const learnerAlone: Rule = ['who.requester', 'requester'];

/** What is made for practice is its requester's; the group only looks on. */
const PRACTICE: Record<RequestAction, Rule> = {
  see: everyRole,
  update: learner,
  deploy: learner,
  rollback: learner,
  merge: learner,
  cancel: learner,
  retry: learner,
  start: learner,
  stop: learner,
  destroy: learner,
  force: platform,
  purge: platform,
  forget: platform,
  transfer: ['who.nobody'],
  accept_transfer: ['who.nobody'],
  attic: learnerAlone,
  pull: everyRole,
  push: learnerAlone,
};

/** What somebody is to a request; none of it: a stranger. @public */
export function rolesOf(
  request: AccessibleRequest,
  somebody: Somebody,
): Set<Role> {
  const { userRef, ownershipRefs, platform: operates } = somebody;
  const roles = new Set<Role>();
  if (ownershipRefs.includes(request.owner)) roles.add('owner');
  if (userRef !== undefined && userRef === request.requester) {
    roles.add('requester');
  }
  if (operates) roles.add('platform');
  if (
    request.pendingOwner !== null &&
    ownershipRefs.includes(request.pendingOwner)
  ) {
    roles.add('target');
  }
  return roles;
}

/**
 * Whether somebody may do something with a request. A stranger is told that
 * there is none. Who is offered a request sees it: nobody takes over what they
 * do not know.
 * @public
 */
export function accessTo(
  action: RequestAction,
  request: AccessibleRequest,
  somebody: Somebody,
): Verdict {
  const roles = rolesOf(request, somebody);
  if (roles.size === 0) return 'hidden';
  if (action === 'see') return 'allowed';
  const [, ...may] = ruleOf(action, request);
  return may.some(role => roles.has(role)) ? 'allowed' : 'denied';
}

function ruleOf(action: RequestAction, { practice }: AccessibleRequest): Rule {
  return (practice ? PRACTICE : TABLE)[action];
}

/** Who may do something with a request, in words. @public */
export function whoMay(
  action: RequestAction,
  request: AccessibleRequest,
): Said {
  const [code] = ruleOf(action, request);
  return say(code, {
    owner: request.owner,
    requester: request.requester,
    target: request.pendingOwner ?? '–',
  });
}

/** What a create depends on. @public */
export interface Creation {
  /** Entity ref of the group that is to own it. */
  owner: string;
  /** Asked for to learn with. */
  practice: boolean;
  /** The group that practice requests are made for; null where there is none. */
  practiceOwner: string | null;
}

/** Whether somebody may create, and as what. @public */
export type CreateVerdict = 'owner' | 'platform' | 'practice' | 'denied';

/**
 * Whether somebody may create for an owner: their own group, by what sign-in
 * says; any group for the platform group, which is recorded; for practice
 * anybody who is signed in, for the group that is meant for it.
 * @public
 */
export function mayCreate(
  { owner, practice, practiceOwner }: Creation,
  { userRef, ownershipRefs, platform: operates }: Somebody,
): CreateVerdict {
  if (userRef === undefined) return 'denied';
  if (practice) return owner === practiceOwner ? 'practice' : 'denied';
  if (ownershipRefs.includes(owner)) return 'owner';
  return operates ? 'platform' : 'denied';
}
