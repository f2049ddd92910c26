import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  checkpointText,
  isKeyName,
  signedNote,
  verifierKey,
  type Checkpoint,
} from '@fawkes/backstage-plugin-cab-common/rules';

/** Signs notes of how long the record is. */
export class Signer {
  readonly #private: KeyObject;
  readonly #public: Buffer;

  /**
   * @param name - of the log and its key: host and log id
   * @throws Error for what is no Ed25519 key, or no name
   */
  constructor(readonly name: string, privateKey: KeyObject) {
    if (!isKeyName(name)) {
      throw new Error(`'${name}' cannot name a key: no spaces, no plus`);
    }
    if (privateKey.asymmetricKeyType !== 'ed25519') {
      throw new Error('The record is signed by a key of the type Ed25519');
    }
    this.#private = privateKey;
    this.#public = createPublicKey(privateKey)
      .export({ format: 'der', type: 'spki' })
      .subarray(-32);
  }

  /** By a private key in PEM. */
  static ofPem(name: string, pem: string): Signer {
    return new Signer(name, createPrivateKey(pem));
  }

  /** By a key that is made now. */
  static made(name: string): { signer: Signer; pem: string } {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    return { signer: new Signer(name, privateKey), pem };
  }

  /** What verifiers are given. */
  get verifierKey(): string {
    return verifierKey(this.name, this.#public);
  }

  /** A signed note of a checkpoint. */
  note(checkpoint: Omit<Checkpoint, 'origin'>): string {
    const text = checkpointText({ ...checkpoint, origin: this.name });
    const signature = sign(null, Buffer.from(text), this.#private);
    return signedNote(text, this.name, this.#public, signature);
  }
}

/** What a signer knows of what it signed last. */
export interface Remembered {
  /** How many entries there were. */
  size: number;
  /** The full parts of the tree, hexadecimal. */
  parts: string[];
  /** Chain hash of the last of them. */
  chain: string;
}

/**
 * Where a signer keeps what it signed last: outside of the table, so that whoever
 * rewrites the table does not rewrite that too.
 */
export interface SignerMemory {
  read(): Promise<Remembered | undefined>;
  write(remembered: Remembered): Promise<void>;
}

/** For as long as the process lives. */
export function memoryOfProcess(): SignerMemory {
  let kept: Remembered | undefined;
  return {
    read: async () => kept,
    write: async remembered => {
      kept = remembered;
    },
  };
}

/** In a file, which is written whole or not at all. */
export function memoryInFile(file: string): SignerMemory {
  return {
    async read() {
      try {
        return JSON.parse(await readFile(file, 'utf8'));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT')
          return undefined;
        throw error;
      }
    },
    async write(remembered) {
      await mkdir(dirname(file), { recursive: true });
      const next = `${file}.${process.pid}`;
      await writeFile(next, JSON.stringify(remembered), { mode: 0o600 });
      await rename(next, file);
    },
  };
}
