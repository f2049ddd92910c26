import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { IssuerConfig } from './issuer';
import { publicKeyOf } from './keys';

/**
 * Reads who signs.
 *
 * @param needed - belts can be earned here, so that somebody will sign
 * @throws InputError naming the setting
 */
export function readIssuer(root: Config, needed: boolean): IssuerConfig {
  const config = root.getOptionalConfig('dojo.issuer');
  const pinned = (root.getOptionalConfigArray('dojo.pinnedIssuers') ?? []).map(
    (each, index) => ({
      id: each.getString('id'),
      name: each.getString('name'),
      multikeys: each
        .getStringArray('multikeys')
        .map(key =>
          readMultikey(key, `dojo.pinnedIssuers[${index}].multikeys`),
        ),
    }),
  );
  if (!config) {
    if (needed && process.env.NODE_ENV === 'production') {
      throw new InputError(
        'dojo.issuer is missing: certificates of production need a name, an address and a key of their own',
      );
    }
    const base =
      root.getOptionalString('backend.baseUrl') ?? 'http://localhost';
    return {
      url: `${base.replace(/\/$/, '')}/api/dojo`,
      name: 'Sample issuer, not for use',
      keys: [],
      aliases: [],
      pinned,
      sample: true,
    };
  }
  const keys = config.getConfigArray('keys').map(readKey);
  if (!keys[0]?.seed) {
    throw new InputError(
      'dojo.issuer.keys[0].seed is missing: the first key signs',
    );
  }
  if (keys[0].revoked || keys[0].expires !== null) {
    throw new InputError(
      'dojo.issuer.keys[0] is expired or revoked: put the key that signs from now on before it',
    );
  }
  return {
    url: readUrl(config.getString('url'), 'dojo.issuer.url'),
    name: config.getString('name'),
    aliases: (config.getOptionalStringArray('aliases') ?? []).map(
      (each, index) => readUrl(each, `dojo.issuer.aliases[${index}]`),
    ),
    keys,
    pinned,
    sample: false,
  };
}

function readKey(config: Config, index: number): IssuerConfig['keys'][number] {
  const path = `dojo.issuer.keys[${index}]`;
  const seed = config.getOptionalString('seed');
  const multikey = config.getOptionalString('multikey');
  if (seed !== undefined && !isSeed(seed)) {
    throw new InputError(`${path}.seed must be the base64 of 32 bytes`);
  }
  if (seed === undefined && multikey === undefined) {
    throw new InputError(`${path} needs a seed or a multikey`);
  }
  if (seed !== undefined && multikey !== undefined) {
    throw new InputError(
      `${path} has a seed and a multikey: the seed says both halves of a key`,
    );
  }
  const expires = config.getOptionalString('expires');
  const at = expires === undefined ? null : Date.parse(expires);
  if (Number.isNaN(at)) {
    throw new InputError(`${path}.expires must be an instant in ISO 8601`);
  }
  return {
    seed,
    multikey: multikey && readMultikey(multikey, `${path}.multikey`),
    expires: at,
    revoked: config.getOptionalBoolean('revoked') ?? false,
  };
}

/** Node reads base64 up to what it does not know; what it leaves out would be lost. */
function isSeed(text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 32 && bytes.toString('base64') === text;
}

function readMultikey(key: string, path: string): string {
  if (publicKeyOf(key)) return key;
  throw new InputError(`${path} must be an Ed25519 key as a multikey: z6Mk…`);
}

function readUrl(url: string, path: string): string {
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new InputError(`${path} must be an address like https://…/api/dojo`);
  }
  return url.replace(/\/$/, '');
}
