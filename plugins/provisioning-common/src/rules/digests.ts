import { canonicalJson } from '@fawkes/kit-contract';
import type { FileMode, Kind, NormalSpec } from '../contract';
import type { Hash } from './hash';
import { readSpec } from './normalise';
import type { ObservedFacts } from './facts';

/**
 * Identity of a spec: over the RFC 8785 form of `schemaVersion`, `kind` and `spec`. Who
 * asked, when, plan and prices are not in it; neither is the key.
 * @public
 */
export function specDigestOf(kind: Kind, spec: NormalSpec, hash: Hash): string {
  const { schemaVersion, ...rest } = spec;
  return hash(canonicalJson({ schemaVersion, kind, spec: rest }));
}

/**
 * Identity of a plan: the spec, and the observed facts that change effects. No
 * prices: they may go on without anything being another.
 * @public
 */
export function planDigestOf(
  specDigest: string,
  facts: ObservedFacts,
  hash: Hash,
): string {
  return hash(canonicalJson({ specDigest, facts }));
}

/** A file as far as a bundle digest knows it. @public */
export interface BundleEntry {
  /** Below the root of the bundle, with slashes. */
  path: string;
  /** As git has it. */
  mode: FileMode;
  /** Of its bytes; hexadecimal. */
  sha256: string;
}

/**
 * Identity of a tree: over the RFC 8785 form of `[[path, mode, sha256], …]`,
 * sorted by path in code points.
 *
 * @throws TypeError when a path is there twice
 * @public
 */
export function bundleDigestOf(
  files: readonly BundleEntry[],
  hash: Hash,
): string {
  const rows = files
    .map(({ path, mode, sha256 }) => [path, mode, sha256] as const)
    .sort(([a], [b]) => compareCodePoints(a, b));
  const twice = rows.find(([path], index) => path === rows[index + 1]?.[0]);
  if (twice) throw new TypeError(`Two files of a tree are at ${twice[0]}`);
  return hash(canonicalJson(rows));
}

/**
 * Orders text by code points. JavaScript compares UTF-16 units, in which a
 * character beyond the first 65,536 comes before U+E000 to U+FFFF.
 * @public
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    if (a[at] !== b[at]) return weight(a, at) - weight(b, at);
  }
  return a.length - b.length;
}

/** Surrogates are halves of what comes last. */
function weight(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** A spec as its row keeps it. @public */
export interface KeptSpec {
  /** As it was sent. */
  sent: unknown;
  /** As the code of that day digested it. */
  digest: string;
}

/**
 * Whether a digest names the kept spec: as it was given out then, or as this
 * code works it out.
 * @public
 */
export function isDigestOf(
  digest: string,
  kind: Kind,
  kept: KeptSpec,
  hash: Hash,
): boolean {
  return (
    digest === kept.digest ||
    digest === specDigestOf(kind, readSpec(kept.sent), hash)
  );
}
