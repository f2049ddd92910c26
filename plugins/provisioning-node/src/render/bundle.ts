import { createHash } from 'node:crypto';
import {
  bundleDigestOf,
  type Hash,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { FileMode } from '@fawkes/backstage-plugin-provisioning-common';

/** A file of a tree. @public */
export interface BundleFile {
  /** `644`, or `755` for what is run. */
  mode: FileMode;
  /** Its content. */
  bytes: Uint8Array;
}

/** A rendered tree: path to file, in the order of code points. @public */
export type Bundle = ReadonlyMap<string, BundleFile>;

/** SHA-256 as lower-case hexadecimal digits. @public */
export const sha256: Hash = data =>
  createHash('sha256').update(data).digest('hex');

/** The identity of a tree, see `bundleDigestOf` of -common. @public */
export function digestOfBundle(bundle: Bundle): string {
  return bundleDigestOf(
    [...bundle].map(([path, { mode, bytes }]) => ({
      path,
      mode,
      sha256: sha256(bytes),
    })),
    sha256,
  );
}
