import { textUpTo } from '@fawkes/kit-contract';
import { z } from 'zod';
import type { EvidenceRoot, EvidenceSays } from '../../contract';
import { MOST_LISTED } from '../../contract/evidence/says';
import { clip, EvidenceFault, parsed } from './fault';

/** Versions that are read. @public */
export const CYCLONEDX_VERSIONS = [
  '1.2',
  '1.3',
  '1.4',
  '1.5',
  '1.6',
  '1.7',
] as const;
/** One of {@link CYCLONEDX_VERSIONS}. @public */
export type CyclonedxVersion = (typeof CYCLONEDX_VERSIONS)[number];

/**
 * Holds a document to the schema of its version.
 *
 * @returns where it does not fit; undefined when it does
 * @public
 */
export type CyclonedxCheck = (
  version: CyclonedxVersion,
  document: unknown,
) => string | undefined;

interface Listed {
  'bom-ref'?: string;
  name: string;
  version?: string;
  purl?: string;
  hashes?: Array<{ alg: string; content: string }>;
  components?: Listed[];
  services?: Listed[];
}

const headSchema = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  specVersion: textUpTo(20),
});

const analysisSchema = z.looseObject({
  state: textUpTo(100).optional(),
  justification: textUpTo(100).optional(),
  detail: z.string().optional(),
});

/** What is read of a document that fits its schema. */
interface Bom {
  specVersion: CyclonedxVersion;
  metadata?: { component?: Listed };
  components?: Listed[];
  services?: Listed[];
  vulnerabilities?: Array<{ id?: string; analysis?: unknown }>;
}

function readBom(document: unknown, check: CyclonedxCheck): Bom {
  const { specVersion } = parsed(headSchema, document);
  const version = CYCLONEDX_VERSIONS.find(each => each === specVersion);
  if (!version) {
    throw new EvidenceFault(
      'EVIDENCE_VERSION',
      `CycloneDX ${clip(specVersion, 20)}, and ${
        CYCLONEDX_VERSIONS[0]
      } to ${CYCLONEDX_VERSIONS.at(-1)} are read`,
    );
  }
  const where = check(version, document);
  if (where !== undefined) {
    throw new EvidenceFault('EVIDENCE_SCHEMA', clip(where));
  }
  return document as Bom;
}

/** Everything that is listed, nested or not, and the root first. */
function* everything(bom: Bom): Generator<Listed> {
  const waiting: Listed[] = [
    ...(bom.metadata?.component ? [bom.metadata.component] : []),
    ...(bom.components ?? []),
    ...(bom.services ?? []),
  ];
  for (let at = 0; at < waiting.length; at++) {
    const each = waiting[at];
    yield each;
    for (const child of each.components ?? []) waiting.push(child);
    for (const child of each.services ?? []) waiting.push(child);
  }
}

function refuseDoubleRefs(bom: Bom): void {
  const seen = new Set<string>();
  for (const { 'bom-ref': ref } of everything(bom)) {
    if (ref === undefined) continue;
    if (seen.has(ref)) {
      throw new EvidenceFault(
        'EVIDENCE_SCHEMA',
        `bom-ref ${clip(ref, 100)} is there twice`,
      );
    }
    seen.add(ref);
  }
}

/** Reads an SBOM. @public */
export function readCyclonedx(
  document: unknown,
  check: CyclonedxCheck,
): Extract<EvidenceSays, { kind: 'sbom' }> {
  const bom = readBom(document, check);
  refuseDoubleRefs(bom);
  let components = bom.metadata?.component ? -1 : 0;
  for (const _ of everything(bom)) components++;
  if (components === 0) {
    throw new EvidenceFault('EVIDENCE_EMPTY', 'it lists no component');
  }
  return {
    kind: 'sbom',
    format: `CycloneDX ${bom.specVersion}`,
    components,
    root: rootOf(bom.metadata?.component),
  };
}

/** Reads what is said about vulnerabilities. @public */
export function readVex(
  document: unknown,
  check: CyclonedxCheck,
): Extract<EvidenceSays, { kind: 'vex' }> {
  const bom = readBom(document, check);
  const vulnerabilities = bom.vulnerabilities ?? [];
  if (vulnerabilities.length === 0) {
    throw new EvidenceFault('EVIDENCE_EMPTY', 'it names no vulnerability');
  }
  if (vulnerabilities.length > MOST_LISTED) {
    throw new EvidenceFault(
      'EVIDENCE_TOO_COMPLEX',
      `it names ${vulnerabilities.length} vulnerabilities, and ${MOST_LISTED} are read`,
    );
  }
  return {
    kind: 'vex',
    format: `CycloneDX ${bom.specVersion}`,
    root: rootOf(bom.metadata?.component),
    statements: vulnerabilities.map(({ id, analysis }) => {
      const { state, justification, detail } = parsed(
        analysisSchema,
        analysis ?? {},
      );
      const explains = Boolean(detail?.trim());
      return {
        id: clip(id ?? 'unnamed'),
        state: clip(state ?? 'unknown', 100),
        drops:
          id !== undefined &&
          ((state === 'not_affected' && Boolean(justification)) ||
            ((state === 'false_positive' || state === 'resolved') && explains)),
      };
    }),
  };
}

function rootOf(component: Listed | undefined): EvidenceRoot | null {
  if (!component) return null;
  const digests = (component.hashes ?? [])
    .filter(({ alg }) => alg === 'SHA-256')
    .map(({ content }) => `sha256:${content.toLowerCase()}`);
  return {
    name: clip(component.name),
    version: component.version === undefined ? null : clip(component.version),
    digests: digests.slice(0, 20),
    purl: component.purl === undefined ? null : component.purl.slice(0, 1_000),
  };
}
