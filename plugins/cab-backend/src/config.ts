import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  businessHoursSchema,
  calendarRuleSchema,
  ENVIRONMENT_CLASSES,
} from '@fawkes/backstage-plugin-cab-common';
import {
  digestOf,
  DEFAULT_IGNORED,
  DEFAULT_STRUCTURAL,
  isSizePattern,
  PARTICIPATIONS,
  type CabGroups,
} from '@fawkes/backstage-plugin-cab-common/rules';
import {
  entityRefSchema,
  faultOf,
  nameSchema,
  textUpTo,
  toEntityRef,
} from '@fawkes/kit-contract';
import { z } from 'zod';
import { evidenceConfigSchema, refuseWeakIssuers } from './evidence/config';

const groupRef = textUpTo(191).transform(text => toEntityRef(text, 'group'));
const userRef = textUpTo(191).transform(text => toEntityRef(text, 'user'));
const environmentClass = z.enum(ENVIRONMENT_CLASSES);
/** For some entities, or for all. */
const ruleSchema = calendarRuleSchema.extend({
  entities: z.array(entityRefSchema).optional(),
});

const groupsSchema = z.strictObject({
  board: groupRef,
  emergency: groupRef.optional(),
  security: groupRef,
  auditors: groupRef.optional(),
  escalation: groupRef.optional(),
});

const pathPatterns = z
  .array(
    textUpTo(256).refine(
      isSizePattern,
      'must be a path from the root of the repository, in which *, ? and ** stand for others, e.g. **/migrations/**',
    ),
  )
  .max(200);

const cabSchema = z.strictObject({
  groups: groupsSchema.optional(),
  gate: z
    .strictObject({
      classes: z.array(environmentClass).default(['staging', 'production']),
      callers: z
        .array(
          z.strictObject({
            subject: nameSchema(300),
            /** Every entity when left out. */
            entities: z.array(entityRefSchema).optional(),
          }),
        )
        .default([]),
    })
    .prefault({}),
  deployments: z
    .strictObject({
      /** How long news may come in another order than it happened. */
      graceMinutes: z.int().min(0).max(60).default(10),
    })
    .prefault({}),
  environments: z.record(z.string(), environmentClass).default({}),
  participation: z
    .strictObject({
      default: z.enum(PARTICIPATIONS).default('observe'),
      rules: z
        .array(
          z.strictObject({
            mode: z.enum(PARTICIPATIONS),
            entity: entityRefSchema.optional(),
            kind: nameSchema(63).toLowerCase().optional(),
            type: nameSchema(200).optional(),
            owner: groupRef.optional(),
            /** Value of the annotation fawkes.dev/cab. */
            annotation: z.enum(PARTICIPATIONS).optional(),
          }),
        )
        .default([]),
    })
    .prefault({}),
  classification: z
    .strictObject({
      default: z
        .strictObject({
          tier: z.int().min(1).max(4).optional(),
          privileged: z.boolean().optional(),
        })
        .prefault({}),
    })
    .prefault({}),
  size: z
    .strictObject({
      ignored: pathPatterns.default([...DEFAULT_IGNORED]),
      structural: pathPatterns.default([...DEFAULT_STRUCTURAL]),
    })
    .prefault({}),
  identity: z
    .strictObject({
      annotations: z
        .array(nameSchema(200))
        .default(['github.com/user-login', 'gitlab.com/user-login']),
      aliases: z
        .array(
          z.strictObject({
            user: userRef,
            emails: z.array(z.string()).default([]),
            accounts: z
              .array(
                z.strictObject({
                  provider: nameSchema(200),
                  id: nameSchema(100).optional(),
                  login: nameSchema(300).optional(),
                }),
              )
              .default([]),
          }),
        )
        .default([]),
    })
    .prefault({}),
  calendar: z
    .strictObject({
      businessHours: businessHoursSchema.default({
        zone: 'UTC',
        days: [1, 2, 3, 4, 5],
        from: '09:00',
        to: '17:00',
      }),
      freezes: z.array(ruleSchema).default([]),
      maintenance: z.array(ruleSchema).default([]),
    })
    .prefault({}),
  evidence: evidenceConfigSchema,
  record: z
    .strictObject({
      /** Names the log and its key. */
      origin: nameSchema(200).optional(),
      /** Private Ed25519 key, PEM. */
      key: z.string().optional(),
      /** File in which the signer remembers what it signed last. */
      memory: z.string().optional(),
    })
    .prefault({}),
});

/** The plugin's settings, read once at start. */
export type CabConfig = Omit<z.output<typeof cabSchema>, 'groups'> & {
  groups: CabGroups;
  /** SHA-256 of everything that decides; in the record with every decision. */
  policyHash: string;
  /** Where people open the portal, without a slash at its end; for what is said elsewhere of a change request. */
  portalUrl: string;
  /** Where the databases of a desk lie; undefined elsewhere. */
  dataFolder: string | undefined;
};

/**
 * Reads and checks the settings; a wrong one is refused at start with its path.
 * Outside of development a portal without a board and a security group does not
 * start: nobody could approve, or anybody.
 */
export function readCabConfig(
  root: Config,
  environment: string | undefined = process.env.NODE_ENV,
): CabConfig {
  const parsed = cabSchema.safeParse(root.getOptional('cab') ?? {});
  if (!parsed.success) {
    const { path, reason } = faultOf(parsed.error);
    throw new InputError(`${path ? `cab.${path}` : 'cab'}: ${reason}`);
  }
  const production = environment === 'production';
  const { groups, record, ...policy } = parsed.data;
  if (!groups) {
    throw new InputError(
      'cab.groups names no board and no security group, so nobody could approve anything. Set cab.groups.board and cab.groups.security to references like group:default/board',
    );
  }
  if (production && record.key === undefined) {
    throw new InputError(
      'cab.record.key: a portal in production signs its record with a key of its own. Set it to an Ed25519 key in PEM, e.g. made by: openssl genpkey -algorithm ed25519',
    );
  }
  if (production && record.origin === undefined) {
    throw new InputError(
      'cab.record.origin: a portal in production names its record, e.g. portal.example.com/cab-1; the name is never used for another one',
    );
  }
  refuseWeakIssuers(policy.evidence, environment);
  const keepsData = root.getOptionalString('backend.database.client') === 'pg';
  if (keepsData && record.key === undefined) {
    throw new InputError(
      'cab.record.key: the record outlives this process, so its key has to as well. Set it to an Ed25519 key in PEM, e.g. made by: openssl genpkey -algorithm ed25519',
    );
  }
  return {
    ...policy,
    groups,
    record,
    policyHash: digestOf(JSON.parse(JSON.stringify({ ...policy, groups }))),
    portalUrl: (
      root.getOptionalString('app.baseUrl') ?? 'http://localhost:3000'
    ).replace(/\/+$/, ''),
    dataFolder: dataFolderOf(root),
  };
}

function dataFolderOf(root: Config): string | undefined {
  const connection = root.getOptional('backend.database.connection');
  const { directory } = (typeof connection === 'object' ? connection : {}) as {
    directory?: unknown;
  };
  return typeof directory === 'string' ? directory : undefined;
}
