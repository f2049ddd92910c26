import {
  DEPLOYMENT_KINDS,
  deploymentEventSchema,
  type DeploymentKind,
} from '@fawkes/backstage-plugin-delivery-common';
import { z } from 'zod';
import { account, clip, instant, titleOf, type Origin } from '../payload';
import type { Rules } from '../rules';

/** A GitHub deployment as far as the mappers read it. */
export const deployment = z.object({
  id: z.number().int(),
  sha: z.string(),
  ref: z.string(),
  task: z.string().nullish(),
  environment: z.string(),
  creator: account,
  created_at: instant,
  /** Whatever the creator sent along, an object or JSON text. */
  payload: z.unknown().optional(),
});

type Deployment = z.infer<typeof deployment>;

const VERSION_TAG = /^(refs\/tags\/)?v?\d+\.\d+/i;

/**
 * What a deployment says about itself whatever its status. Its creator may add
 * canonical fields in `payload` (`service`, `kind`, `version`, `artifact`,
 * `unplanned`, `fixesIncident`); values that do not fit are somebody else's
 * convention and are left out.
 */
export function deploymentFields(
  told: Deployment,
  origin: Origin,
  rules: Rules,
): Record<string, unknown> {
  const extra = readExtra(told.payload);
  return {
    type: 'deployment',
    source: origin.source,
    id: String(told.id),
    environment: told.environment,
    repository: origin.repository,
    sha: told.sha,
    service: extra.service,
    artifact: extra.artifact,
    version:
      extra.version ??
      (VERSION_TAG.test(told.ref)
        ? titleOf(told.ref.replace(/^refs\/tags\//, ''))
        : undefined),
    kind: extra.kind ?? kindOf(told, rules),
    unplanned: extra.unplanned,
    fixesIncident: extra.fixesIncident,
    actor: actorOf(told, origin),
  };
}

/** Longest name that is held against a configured pattern. */
const LONGEST_NAME = 512;

function kindOf(told: Deployment, rules: Rules): DeploymentKind | undefined {
  const task = clip(told.task ?? '', LONGEST_NAME);
  if (task && rules.rollbackTask.test(task)) return 'rollback';
  if (rules.hotfixRef.test(clip(told.ref, LONGEST_NAME))) return 'hotfix';
  return undefined;
}

const { actor, service, artifact, version, unplanned, fixesIncident } =
  deploymentEventSchema.shape;

const extraSchema = z.object({
  service: service.catch(undefined),
  artifact: artifact.catch(undefined),
  version: version.catch(undefined),
  kind: z.enum(DEPLOYMENT_KINDS).optional().catch(undefined),
  unplanned: unplanned.catch(undefined),
  fixesIncident: fixesIncident.catch(undefined),
});

/** Who asked for it; the intake keeps a keyed hash. A login nobody could have is none. */
function actorOf({ creator }: Deployment, origin: Origin): string | undefined {
  if (!creator) return undefined;
  const parsed = actor.safeParse(`${origin.host}/${creator.login}`);
  return parsed.success ? parsed.data : undefined;
}

function readExtra(payload: unknown): Partial<z.infer<typeof extraSchema>> {
  const parsed = extraSchema.safeParse(
    typeof payload === 'string' ? parseJson(payload) : payload,
  );
  return parsed.success ? parsed.data : {};
}

/** Longest payload that is read as JSON; ours holds six short fields. */
const LONGEST_PAYLOAD = 65_536;

function parseJson(text: string): unknown {
  if (text.length > LONGEST_PAYLOAD) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
