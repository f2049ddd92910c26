import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { CabConfig } from '../config';
import {
  memoryInFile,
  memoryOfProcess,
  Signer,
  type SignerMemory,
} from './signer';

/** The folder beside the databases of a desk. */
const FOLDER = 'cab-record';

/**
 * The key that signs, and what it remembers. A portal in production is given both.
 * On a desk they are made beside the databases, so that deleting the data begins
 * another record under another name; without a place to keep them, they live as
 * long as the process.
 */
export async function openSigner(
  { record, dataFolder }: Pick<CabConfig, 'record' | 'dataFolder'>,
  logger: LoggerService,
): Promise<{ signer: Signer; memory: SignerMemory }> {
  const origin = record.origin ?? 'localhost/cab';
  if (record.key !== undefined) {
    const memory =
      record.memory === undefined
        ? memoryOfProcess()
        : memoryInFile(record.memory);
    return { signer: Signer.ofPem(origin, record.key), memory };
  }
  const { signer, pem } = Signer.made(
    `${origin}-${randomBytes(4).toString('hex')}`,
  );
  if (dataFolder === undefined) {
    logger.warn(
      'The record of change approvals is signed by a key that lives as long as this process; set cab.record.key to keep one',
    );
    return { signer, memory: memoryOfProcess() };
  }
  const folder = join(dataFolder, FOLDER);
  await mkdir(folder, { recursive: true });
  const memory = memoryInFile(join(folder, 'signed.json'));
  const file = join(folder, 'key.json');
  try {
    // Whoever is first makes it.
    await writeFile(file, JSON.stringify({ name: signer.name, pem }), {
      flag: 'wx',
      mode: 0o600,
    });
    return { signer, memory };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const kept: { name: string; pem: string } = JSON.parse(
    await readFile(file, 'utf8'),
  );
  return { signer: Signer.ofPem(kept.name, kept.pem), memory };
}
