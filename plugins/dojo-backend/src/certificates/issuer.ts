import { randomBytes, type KeyObject } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { insertRows } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { tables } from '../store/tables';
import { multikeyOf, privateKeyOf } from './keys';
import type { TrustedIssuer, TrustedKey } from './verify';

/** Who issues, as the settings say it. */
export interface IssuerConfig {
  /** Where certificates are verified: the address of this plugin, as others reach it. */
  url: string;
  name: string;
  /** The first one signs; without any, one is made for this installation. */
  keys: Array<{
    /** Base64 of its 32 bytes; of keys that sign no more, their multikey. */
    seed?: string;
    multikey?: string;
    expires: number | null;
    revoked: boolean;
  }>;
  /** Addresses that it had before. */
  aliases: string[];
  /** Others whose certificates can be verified here. */
  pinned: Array<{ id: string; name: string; multikeys: string[] }>;
  /** Nobody relies on what it signs. */
  sample: boolean;
}

/** Signs, and knows whose signatures hold. */
export class Issuer {
  private constructor(
    /** Without what signs: whoever is given the issuer is not given that. */
    readonly config: Omit<IssuerConfig, 'keys'>,
    private readonly key: KeyObject,
    private readonly keys: ReadonlyArray<TrustedKey>,
  ) {}

  /**
   * Opens the issuer of this installation.
   *
   * @throws InputError where certificates were issued under an address that is not
   *   told any more
   */
  static async open(
    db: Knex,
    { keys: given, ...config }: IssuerConfig,
  ): Promise<Issuer> {
    const seed = given[0]?.seed ?? (await ownSeed(db));
    const key = privateKeyOf(Buffer.from(seed, 'base64'));
    const issued = await db(tables.credentials.name)
      .distinct('issuer_url')
      .pluck('issuer_url');
    const told = new Set([config.url, ...config.aliases]);
    const lost = issued.find((url: string) => !told.has(url));
    if (lost) {
      throw new InputError(
        `dojo.issuer.url is ${config.url}, and certificates were issued under ${lost}: name that one in dojo.issuer.aliases, or nobody can verify them any more`,
      );
    }
    const keys: TrustedKey[] = given.map(
      ({ seed: own, multikey, expires, revoked }) => ({
        multikey:
          multikey ?? multikeyOf(privateKeyOf(Buffer.from(own!, 'base64'))),
        expires,
        revoked,
      }),
    );
    return new Issuer(
      config,
      key,
      keys.length > 0
        ? keys
        : [{ multikey: multikeyOf(key), expires: null, revoked: false }],
    );
  }

  /** Its id, under which its profile can be read. */
  get id(): string {
    return idOf(this.config.url);
  }

  get url(): string {
    return this.config.url;
  }

  get name(): string {
    return this.config.name;
  }

  /** What signing needs. */
  signer(now: number): { key: KeyObject; method: string; created: string } {
    return {
      key: this.key,
      method: `${this.id}#${multikeyOf(this.key)}`,
      created: secondOf(now),
    };
  }

  /** Who is trusted, by id. */
  trusted(): Map<string, TrustedIssuer> {
    const own = [this.config.url, ...this.config.aliases].map(
      (url): TrustedIssuer => ({
        id: idOf(url),
        name: this.name,
        keys: new Map(
          this.keys.map(key => [`${idOf(url)}#${key.multikey}`, key]),
        ),
      }),
    );
    const pinned = this.config.pinned.map(
      ({ id, name, multikeys }): TrustedIssuer => ({
        id,
        name,
        keys: new Map(
          multikeys.map(multikey => [
            `${id}#${multikey}`,
            { multikey, expires: null, revoked: false },
          ]),
        ),
      }),
    );
    return new Map([...pinned, ...own].map(issuer => [issuer.id, issuer]));
  }

  /** What others read of it: a profile that is its controller document too. */
  profile() {
    const { id, name, url } = this;
    return {
      '@context': [
        'https://www.w3.org/ns/cid/v1',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ],
      id,
      type: ['Profile'],
      name,
      url,
      verificationMethod: this.keys.map(({ multikey, expires, revoked }) => ({
        id: `${id}#${multikey}`,
        type: 'Multikey',
        controller: id,
        publicKeyMultibase: multikey,
        ...(expires !== null && { expires: secondOf(expires) }),
        ...(revoked && { revoked: true }),
      })),
      assertionMethod: this.keys
        .filter(({ revoked }) => !revoked)
        .map(({ multikey }) => `${id}#${multikey}`),
    };
  }
}

/** Whole seconds, with the Z that says UTC. */
export function secondOf(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** The id of an issuer at an address. */
export function idOf(url: string): string {
  return `${url}/public/issuer`;
}

async function ownSeed(db: Knex): Promise<string> {
  const fresh = { name: 'issuer', value: randomBytes(32).toString('base64') };
  await insertRows(db, tables.secrets, [fresh], 'keep');
  const row = await db(tables.secrets.name).where({ name: 'issuer' }).first();
  return row.value;
}
