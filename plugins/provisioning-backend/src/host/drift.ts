import type { DriftResponse } from '@fawkes/backstage-plugin-provisioning-common';
import { driftWord } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { createHash } from 'node:crypto';
import { parseAllDocuments } from 'yaml';
import type { EffectRequest } from '../effects/driver';
import { filesAt, tipOf } from '../local';
import { CATALOG_INFO } from './entities/readCatalogInfo';
import type { HostParts } from './parts';

/** Files by path, as far as they are compared. */
type Files = ReadonlyMap<string, { bytes: Uint8Array }>;

const WORKFLOWS = '.github/workflows/';
const DOCKERFILE = 'Dockerfile';
/** Without them nothing is built, whatever people make of them. */
const NEEDED = ['package.json', 'package-lock.json'];
const MANAGED_ANNOTATION = /^(fawkes\.dev\/|backstage\.io\/techdocs-ref$)/;

/** How main compares with what was last written and with what would be written now. */
export async function driftOf(
  { repositories, asks, now }: HostParts,
  request: EffectRequest,
): Promise<DriftResponse> {
  const asOf = new Date(now()).toISOString();
  const row = await repositories.byRequest(request.id);
  const from = request.spec.template.version;
  const directory = row && repositories.directoryOf(row);
  const main =
    row && (await repositories.isThere(row)) && (await tipOf(directory!));
  if (!directory || !main || !row?.written_commit) {
    const versions = { from, to: from };
    return {
      ...driftWord({ reachable: false, managed: [], versions }),
      asOf,
    };
  }
  const written = managedIn(await filesAt(directory, row.written_commit));
  const found = managedIn(await filesAt(directory, main));
  const newest = await asks.newest?.(request);
  const wanted = newest
    ? managedIn(new Map(newest.files.map(file => [file.path, file])))
    : written;
  const paths = [...new Set([...written.keys(), ...wanted.keys()])].sort();
  const drift = driftWord({
    reachable: true,
    versions: { from, to: newest?.version ?? from },
    managed: paths.map(path => ({
      path,
      written: written.get(path) ?? null,
      wanted: wanted.get(path) ?? null,
      found: found.get(path) ?? null,
      needed: isNeeded(path),
    })),
  });
  return { ...drift, asOf };
}

function isNeeded(path: string): boolean {
  return !path.includes('#') || path.startsWith(`${DOCKERFILE}#`);
}

/** What of a tree is ours to look after: some files whole, of others a field. */
export function managedIn(files: Files): Map<string, string> {
  const managed = new Map<string, string>();
  for (const [path, { bytes }] of files) {
    if (path.startsWith(WORKFLOWS)) {
      managed.set(path, createHash('sha256').update(bytes).digest('hex'));
    } else if (path === DOCKERFILE) {
      managed.set(`${path}#FROM`, basesOf(textOf(bytes)));
    } else if (path === CATALOG_INFO) {
      managed.set(path, 'there');
      for (const [name, value] of annotationsOf(textOf(bytes))) {
        managed.set(`${path}#${name}`, value);
      }
    } else if (NEEDED.includes(path)) managed.set(path, 'there');
  }
  return managed;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

/** The images a Dockerfile builds on, in their order. */
function basesOf(text: string): string {
  return text
    .split('\n')
    .filter(line => /^from\s/i.test(line))
    .map(line => line.slice(5).trim())
    .join('\n');
}

/** Annotations of the Component that a template gives it. */
function annotationsOf(text: string): Array<[string, string]> {
  if (text.length > 256 * 1024) return [];
  try {
    const documents = parseAllDocuments(text).map(
      document => document.toJS({ maxAliasCount: 20 }) as unknown,
    );
    const component = documents.find(
      document => (document as { kind?: string } | null)?.kind === 'Component',
    ) as { metadata?: { annotations?: object } } | undefined;
    return Object.entries(component?.metadata?.annotations ?? {})
      .filter(([name]) => MANAGED_ANNOTATION.test(name))
      .map(([name, value]) => [name, String(value)]);
  } catch {
    // What is no YAML has no annotation of ours any more; a finding says so.
    return [];
  }
}
