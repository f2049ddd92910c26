import { textUpTo } from '@fawkes/kit-contract';
import { z } from 'zod';
import type { EvidenceSays } from '../../contract';
import { clip, EvidenceFault, parsed } from './fault';

const text = textUpTo(10_000);
const spdxId = textUpTo(500).regex(
  /^SPDXRef-[A-Za-z0-9.-]+$/,
  'must be SPDXRef- and letters, digits, dots and dashes',
);

const packageSchema = z.looseObject({
  SPDXID: spdxId,
  name: text.min(1),
  downloadLocation: text.min(1),
  versionInfo: text.optional(),
  checksums: z
    .array(z.looseObject({ algorithm: text, checksumValue: text }))
    .max(100)
    .optional(),
  externalRefs: z
    .array(z.looseObject({ referenceType: text, referenceLocator: text }))
    .max(1_000)
    .optional(),
});

/** SPDX 2.3: what it requires, and what is read. @public */
export const spdxSchema = z.looseObject({
  spdxVersion: textUpTo(20),
  dataLicense: z.literal('CC0-1.0'),
  SPDXID: z.literal('SPDXRef-DOCUMENT'),
  name: text.min(1),
  documentNamespace: textUpTo(2_048).regex(
    /^[a-z][a-z0-9+.-]*:[^#\s]+$/i,
    'must be an absolute URI without a fragment',
  ),
  creationInfo: z.looseObject({
    created: textUpTo(40).regex(
      /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
      'must be an instant like 2026-03-01T09:00:00Z',
    ),
    creators: z.array(text.min(1)).min(1).max(1_000),
  }),
  packages: z.array(packageSchema).optional(),
  documentDescribes: z.array(spdxId).max(1_000).optional(),
  relationships: z
    .array(
      z.looseObject({
        spdxElementId: text,
        relatedSpdxElement: text,
        relationshipType: text,
      }),
    )
    .optional(),
});

/** Reads an SBOM. @public */
export function readSpdx(
  value: unknown,
): Extract<EvidenceSays, { kind: 'sbom' }> {
  const document = parsed(spdxSchema, value);
  if (document.spdxVersion !== 'SPDX-2.3') {
    throw new EvidenceFault(
      'EVIDENCE_VERSION',
      `${clip(document.spdxVersion, 20)}, and SPDX-2.3 is read`,
    );
  }
  const packages = new Map<string, z.infer<typeof packageSchema>>();
  for (const each of document.packages ?? []) {
    if (packages.has(each.SPDXID)) {
      throw new EvidenceFault(
        'EVIDENCE_SCHEMA',
        `${clip(each.SPDXID, 100)} is there twice`,
      );
    }
    packages.set(each.SPDXID, each);
  }
  const described = [
    ...(document.documentDescribes ?? []),
    ...(document.relationships ?? [])
      .filter(
        ({ spdxElementId, relationshipType }) =>
          spdxElementId === 'SPDXRef-DOCUMENT' &&
          relationshipType === 'DESCRIBES',
      )
      .map(({ relatedSpdxElement }) => relatedSpdxElement),
  ];
  // Of several roots none is the one that ships.
  const [root, ...others] = [...new Set(described)];
  const components = packages.size - (packages.has(root) ? 1 : 0);
  if (components <= 0) {
    throw new EvidenceFault('EVIDENCE_EMPTY', 'it lists no package');
  }
  const found = others.length === 0 ? packages.get(root) : undefined;
  return {
    kind: 'sbom',
    format: 'SPDX 2.3',
    components,
    root: found
      ? {
          name: clip(found.name),
          version:
            found.versionInfo === undefined ? null : clip(found.versionInfo),
          digests: (found.checksums ?? [])
            .filter(({ algorithm }) => algorithm === 'SHA256')
            .slice(0, 20)
            .map(({ checksumValue }) =>
              clip(`sha256:${checksumValue.toLowerCase()}`),
            ),
          purl:
            found.externalRefs
              ?.find(({ referenceType }) => referenceType === 'purl')
              ?.referenceLocator.slice(0, 1_000) ?? null,
        }
      : null,
  };
}
