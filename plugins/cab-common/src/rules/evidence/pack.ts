import type {
  EnvironmentClassName,
  EvidenceKind,
  EvidenceState,
} from '../../contract';

const REQUIRED: Readonly<
  Record<EnvironmentClassName, readonly EvidenceKind[]>
> = {
  dev: [],
  test: [],
  staging: ['tests', 'scan'],
  production: [
    'tests',
    'scan',
    'sbom',
    'provenance',
    'rollback_plan',
    'rollout_plan',
  ],
};

/**
 * Kinds of evidence without which nothing is submitted to a class; one nobody
 * knows counts as production.
 * @public
 */
export function requiredEvidence(
  environmentClass: EnvironmentClassName | null,
): readonly EvidenceKind[] {
  return REQUIRED[environmentClass ?? 'production'];
}

type Piece = { kind: EvidenceKind; state: EvidenceState };

/** Kinds that are required and that nothing counts for. @public */
export function missingEvidence(
  environmentClass: EnvironmentClassName | null,
  pack: readonly Piece[],
): EvidenceKind[] {
  return requiredEvidence(environmentClass).filter(
    kind =>
      !pack.some(
        each =>
          each.kind === kind &&
          (each.state === 'verified' || each.state === 'waived'),
      ),
  );
}

/** Kinds of which a piece was refused or could not be read. @public */
export function failedEvidence(pack: readonly Piece[]): EvidenceKind[] {
  return [
    ...new Set(
      pack.filter(({ state }) => state === 'failed').map(({ kind }) => kind),
    ),
  ].sort();
}

/** A piece as the identity of a pack names it: what it is, not how it was judged. @public */
export interface PackItem {
  /** What it is. */
  kind: EvidenceKind;
  /** What its bytes are. */
  mediaType: string;
  /** Of its bytes. */
  sha256: string;
  /** How many there are. */
  size: number;
  /** Digests it is about. */
  subjectDigests: string[];
  /** When it was made, ISO. */
  producedAt: string;
  /** Who made it. */
  producer: string;
}

/** Pieces in the one order in which a pack is hashed. @public */
export function packOrder(items: readonly PackItem[]): PackItem[] {
  const key = ({ kind, sha256 }: PackItem) => `${kind} ${sha256}`;
  return items
    .map(each => ({
      ...each,
      subjectDigests: [...new Set(each.subjectDigests)].sort(),
    }))
    .sort((a, b) => {
      if (key(a) === key(b)) return 0;
      return key(a) < key(b) ? -1 : 1;
    });
}
