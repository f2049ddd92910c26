import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout this script belongs to, wherever it is run from. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const fromRoot = (...parts) => join(root, ...parts);

/** What the scripts bring along when the machine lacks it; git-ignored. */
export const toolchainDir = fromRoot('.toolchain');
