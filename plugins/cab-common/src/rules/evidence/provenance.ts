import { textUpTo } from '@fawkes/kit-contract';
import { z } from 'zod';
import type { EvidenceSays } from '../../contract';
import { clip, EvidenceFault, parsed } from './fault';
import { json } from './text';

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/, 'must be base64');

/** A signed envelope. @public */
export const envelopeSchema = z.looseObject({
  payloadType: textUpTo(200),
  payload: base64,
  signatures: z
    .array(z.looseObject({ keyid: textUpTo(500).optional(), sig: base64 }))
    .min(1)
    .max(20),
});

const bundleSchema = z.looseObject({ dsseEnvelope: envelopeSchema });

const digests = z.record(textUpTo(40), textUpTo(200));
const uri = textUpTo(2_048);

const statementSchema = z.looseObject({
  _type: textUpTo(200),
  subject: z
    .array(z.looseObject({ digest: digests }))
    .min(1)
    .max(1_000),
  predicateType: textUpTo(200),
  predicate: z.looseObject({}),
});

const from = z.looseObject({ uri: uri.optional(), digest: digests.optional() });

const slsa1Schema = z.looseObject({
  buildDefinition: z.looseObject({
    resolvedDependencies: z.array(from).max(10_000).default([]),
  }),
  runDetails: z.looseObject({ builder: z.looseObject({ id: uri.min(1) }) }),
});

const slsa02Schema = z.looseObject({
  builder: z.looseObject({ id: uri.min(1) }),
  materials: z.array(from).max(10_000).default([]),
});

const STATEMENTS = [
  'https://in-toto.io/Statement/v1',
  'https://in-toto.io/Statement/v0.1',
];
const SLSA_1 = 'https://slsa.dev/provenance/v1';
const SLSA_02 = 'https://slsa.dev/provenance/v0.2';

/** Bytes and signatures of an envelope, for who holds the keys. @public */
export interface Envelope {
  /** What the payload is. */
  payloadType: string;
  /** What was signed, with its type. */
  payload: Uint8Array;
  /** Signatures over both. */
  signatures: Array<{ keyid: string | undefined; sig: Uint8Array }>;
}

/** Reads an envelope, by itself or within a bundle. @public */
export function readEnvelope(bytes: Uint8Array): Envelope {
  const document = json(bytes);
  const bundled = bundleSchema.safeParse(document);
  const { payloadType, payload, signatures } = bundled.success
    ? bundled.data.dsseEnvelope
    : parsed(envelopeSchema, document);
  return {
    payloadType,
    payload: bytesOf(payload, 'payload'),
    signatures: signatures.map(({ keyid, sig }, at) => ({
      keyid,
      sig: bytesOf(sig, `signatures.${at}.sig`),
    })),
  };
}

/** Padding and the last bits have one spelling only. */
function bytesOf(text: string, where: string): Uint8Array {
  let binary: string | undefined;
  try {
    binary = atob(text);
  } catch {
    binary = undefined;
  }
  if (binary === undefined || btoa(binary) !== text) {
    throw new EvidenceFault('EVIDENCE_SCHEMA', `${where} is not base64`);
  }
  return Uint8Array.from(binary, each => each.charCodeAt(0));
}

/**
 * Reads what an envelope says about a build. Whether its signature holds is for
 * who has the keys.
 * @public
 */
export function readProvenance(
  { payloadType, payload }: Envelope,
  signedBy: string | null,
): Extract<EvidenceSays, { kind: 'provenance' }> {
  if (payloadType !== 'application/vnd.in-toto+json') {
    throw new EvidenceFault(
      'EVIDENCE_VERSION',
      `the payload is ${clip(
        payloadType,
        100,
      )}, and application/vnd.in-toto+json is read`,
    );
  }
  const statement = parsed(statementSchema, json(payload));
  if (!STATEMENTS.includes(statement._type)) {
    throw new EvidenceFault(
      'EVIDENCE_VERSION',
      `${clip(statement._type, 100)} is no in-toto statement v1 or v0.1`,
    );
  }
  const { builder, dependencies } = buildOf(statement);
  return {
    kind: 'provenance',
    predicateType: statement.predicateType,
    builder,
    subjects: statement.subject
      .map(({ digest }) => digest.sha256)
      .filter(each => each !== undefined)
      .map(each => `sha256:${each.toLowerCase()}`),
    sources: dependencies
      .map(each => ({
        uri: each.uri ?? '',
        commit: (
          each.digest?.gitCommit ??
          each.digest?.sha1 ??
          ''
        ).toLowerCase(),
      }))
      .filter(({ commit }) => commit !== '')
      .slice(0, 100),
    signedBy,
  };
}

function buildOf({
  predicateType,
  predicate,
}: z.infer<typeof statementSchema>) {
  switch (predicateType) {
    case SLSA_1: {
      const { runDetails, buildDefinition } = parsed(slsa1Schema, predicate);
      return {
        builder: runDetails.builder.id,
        dependencies: buildDefinition.resolvedDependencies,
      };
    }
    case SLSA_02: {
      const { builder, materials } = parsed(slsa02Schema, predicate);
      return { builder: builder.id, dependencies: materials };
    }
    default:
      throw new EvidenceFault(
        'EVIDENCE_VERSION',
        `${clip(predicateType, 100)} is no SLSA provenance v1 or v0.2`,
      );
  }
}
