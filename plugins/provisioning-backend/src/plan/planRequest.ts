import type {
  Kind,
  NormalSpec,
  Plan,
  ServiceSpec,
} from '@fawkes/backstage-plugin-provisioning-common';
import { ANNOTATION_PROVISIONING_REQUEST } from '@fawkes/backstage-plugin-provisioning-common';
import {
  costOf,
  entityRefOf,
  makePlan,
  mayCreate,
  normaliseSpec,
  obstaclesOf,
  type EntityFact,
  type ObservedFacts,
  type RenderedFile,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import {
  digestOfBundle,
  renderService,
} from '@fawkes/backstage-plugin-provisioning-node';
import type { Viewer } from '@fawkes/kit-backend/access';
import type { Said } from '@fawkes/kit-contract';
import type { Core } from '../core';
import type { Asker } from '../permissions/asker';
import { sha256 } from '../store/bundles';
import { requestWithKey } from '../store/requests';
import type { RequestRow, Rights } from '../store/tables';
import { filesOf } from '../templates/templates';
import { quotasFor } from './quotas';

/** What somebody asks for. */
export interface Wish {
  kind: Kind;
  namespace: string;
  name: string;
  spec: ServiceSpec;
}

/** A plan, and what it was made from. */
export interface MadePlan {
  plan: Plan;
  files: RenderedFile[];
  facts: ObservedFacts;
  spec: NormalSpec;
}

/**
 * Works out what a wish would lead to. It looks, renders, and changes nothing.
 *
 * @param existing - the request that would be updated
 * @throws InputError for a template that is not here, or does not take the spec
 */
export async function planWish(
  core: Core,
  asker: Asker,
  wish: Wish,
  existing: RequestRow | undefined,
): Promise<MadePlan> {
  const { kind, namespace, name } = wish;
  const spec = normaliseSpec(wish.spec);
  const bundle = renderService(
    core.templates.exact(spec.template),
    { namespace, name },
    spec,
  );
  const files = filesOf(bundle);
  const bundleDigest = digestOfBundle(bundle);
  const facts: ObservedFacts = {
    mode: existing ? 'update' : 'create',
    kind,
    namespace,
    name,
    bundleDigest,
    repository: await core.places.observe({
      namespace,
      name,
      spec,
      bundleDigest,
      files,
    }),
    entity: await entityFact(asker.viewer, wish, existing),
    deployer: core.places.deploys(spec.repository.host),
  };
  const plan = makePlan(
    {
      spec,
      files,
      facts,
      cost: costOf(spec, core.config.rateCard),
      isolation: core.places.isolation(spec.repository.host),
      obstacles: await obstacles(core, asker, { wish, spec, facts, existing }),
      asOf: new Date(core.now()).toISOString(),
    },
    sha256,
  );
  core.plans.keep(plan.planDigest, { specDigest: plan.specDigest, facts });
  return { plan, files, facts, spec };
}

/** `POST /plan`: what would happen if this person asked for it now. */
export async function planRequest(
  core: Core,
  asker: Asker,
  wish: Wish,
): Promise<Plan> {
  const holder = await requestWithKey(core.db, wish);
  const seen = holder && (await asker.verdict('see', holder)) === 'allowed';
  const made = await planWish(core, asker, wish, seen ? holder : undefined);
  return made.plan;
}

async function obstacles(
  core: Core,
  asker: Asker,
  made: {
    wish: Wish;
    spec: NormalSpec;
    facts: ObservedFacts;
    existing: RequestRow | undefined;
  },
) {
  const { wish, spec, facts, existing } = made;
  if (existing) {
    const may = (await asker.verdict('update', existing)) === 'allowed';
    return obstaclesOf({
      spec,
      facts: { ...facts, repository: 'ours', entity: 'ours' },
      ownerAllowed: may,
      quotas: [],
    });
  }
  const holder = await requestWithKey(core.db, wish);
  const { owner, running } = await quotasFor(
    core.db,
    spec.owner,
    core.config.limits,
  );
  const runs = facts.deployer && spec.type !== 'library';
  const ownerAllowed = mayAsk(core, asker, spec.owner);
  const found = obstaclesOf({
    spec,
    facts,
    takenBy: holder?.owner,
    ownerAllowed,
    quotas: runs ? [owner, running] : [owner],
  });
  const unproven =
    ownerAllowed && (await unprovenRights(core, asker, spec.owner));
  return unproven ? [...found, unproven] : found;
}

/** Why nothing that somebody may ask for an owner could go on; undefined when some of it could. */
async function unprovenRights(
  core: Core,
  asker: Asker,
  owner: string,
): Promise<Said | undefined> {
  let words: Said | undefined;
  for (const rights of rightsFor(core, asker, owner)) {
    const ref = asker.viewer.person();
    words = await asker.unproven({ ref, rights }, owner);
    if (!words) return undefined;
  }
  return words;
}

/** By what rights somebody may ask for an owner: in earnest, for practice. */
function rightsFor(core: Core, asker: Asker, owner: string): Rights[] {
  const { practiceOwner } = core.config;
  return [false, true]
    .map(practice =>
      mayCreate({ owner, practice, practiceOwner }, asker.somebody),
    )
    .filter(verdict => verdict !== 'denied');
}

/** Whether somebody may create for an owner, for practice or in earnest. */
export function mayAsk(core: Core, asker: Asker, owner: string): boolean {
  return rightsFor(core, asker, owner).length > 0;
}

/** What the catalog has under the name, as far as this person sees it. */
export async function entityFact(
  viewer: Viewer,
  key: { namespace: string; name: string },
  existing: Pick<RequestRow, 'id'> | undefined,
): Promise<EntityFact> {
  const ref = entityRefOf(key);
  try {
    const entity = (await viewer.entities([ref])).get(ref);
    if (!entity) return 'absent';
    const id = entity.metadata.annotations?.[ANNOTATION_PROVISIONING_REQUEST];
    return id !== undefined && id === existing?.id ? 'ours' : 'other';
  } catch {
    // Nobody knows, and the plan says so.
    return 'unknown';
  }
}
