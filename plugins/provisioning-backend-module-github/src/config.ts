import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import { z } from 'zod';

const ROOT = 'provisioning.github';

/** An organisation in which repositories may be made. */
export interface AllowedOwner {
  /** Host name people see, e.g. github.com; lower case. */
  server: string;
  /** Lower case. */
  owner: string;
  /** Where its API is; with no slash at its end. */
  apiBaseUrl: string;
}

/** What the default branch is held to. */
export interface Protection {
  /** How many people have to approve a pull request. */
  approvals: number;
  /** Names of checks that have to pass. */
  checks: readonly string[];
}

/** Settings of the module. */
export interface GithubOptions {
  allowed: readonly AllowedOwner[];
  /** Undefined where protecting branches is left to others. */
  protection: Protection | undefined;
}

const placeSchema = z.strictObject({
  server: z
    .string()
    .regex(/^[a-z0-9.-]{1,253}$/i, 'must be a host name, e.g. github.com')
    .default('github.com'),
  owner: z
    .string()
    .regex(
      /^[a-z0-9-]{1,39}$/i,
      'must be the name of an organisation on GitHub',
    ),
});

/** `github.com/acme`, as the backend reads it, or its two parts by name. */
const writtenPlaceSchema = z.preprocess(written => {
  if (typeof written !== 'string') return written;
  const slash = written.indexOf('/');
  return {
    server: written.slice(0, Math.max(slash, 0)),
    owner: written.slice(slash + 1),
  };
}, placeSchema);

const settingsSchema = z.strictObject({
  allowed: z.array(writtenPlaceSchema).max(200).default([]),
  protection: z
    .union([
      z.literal(false),
      z.strictObject({
        approvals: z.number().int().min(0).max(6).default(0),
        checks: z.array(z.string().min(1).max(100)).max(50).default([]),
      }),
    ])
    .default({ approvals: 0, checks: [] }),
});

/**
 * Reads `provisioning.github`.
 *
 * @throws InputError naming the path of what is wrong
 */
export function readGithubOptions(
  config: RootConfigService,
  integrations: ScmIntegrations,
): GithubOptions {
  const parsed = settingsSchema.safeParse(config.getOptional(ROOT) ?? {});
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new InputError(`${[ROOT, ...path].join('.')}: ${message}`);
  }
  const { allowed, protection } = parsed.data;
  return {
    allowed: allowed.map(({ server, owner }, index) => {
      const path = `${ROOT}.allowed.${index}`;
      const host = server.toLowerCase();
      const integration = integrations.github.byHost(host);
      const apiBaseUrl = integration?.config.apiBaseUrl;
      if (!apiBaseUrl) {
        throw new InputError(
          `${path}: there is no integration with an API for ${host}; add one to integrations.github`,
        );
      }
      refuseOpenAddress(apiBaseUrl, `${path}: integrations.github of ${host}`);
      return {
        server: host,
        owner: owner.toLowerCase(),
        apiBaseUrl: apiBaseUrl.replace(/\/$/, ''),
      };
    }),
    protection: protection === false ? undefined : protection,
  };
}

/** A token is sent by https, or to this machine only. */
function refuseOpenAddress(address: string, path: string): void {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new InputError(`${path}: apiBaseUrl is not an address`);
  }
  const local = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local)) {
    throw new InputError(`${path}: apiBaseUrl must begin with https://`);
  }
  if (url.username || url.password) {
    throw new InputError(`${path}: apiBaseUrl must not hold a password`);
  }
}
