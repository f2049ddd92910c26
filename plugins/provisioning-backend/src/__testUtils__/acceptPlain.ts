import {
  bundleDigestOf,
  normaliseSpec,
  planCreate,
  specDigestOf,
  type ObservedFacts,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { ServiceSpec } from '@fawkes/backstage-plugin-provisioning-common';
import { insertRows, inTransaction } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { beginRun } from '../ledger/begin';
import { keepBundle, sha256 } from '../store/bundles';
import { written } from '../store/json';
import { keyText, requestWithId } from '../store/requests';
import { tables, type RequestRow } from '../store/tables';
import { say } from '../words';
import { MIRA, PAYMENTS } from './people';

/** The files every request of the harness has. */
const FILES = [
  {
    path: 'README.md',
    mode: '644' as const,
    bytes: new TextEncoder().encode('# x\n'),
  },
];
const BUNDLE = bundleDigestOf(
  FILES.map(({ path, mode, bytes }) => ({ path, mode, sha256: sha256(bytes) })),
  sha256,
);

/** A spec as a form sends it. */
export function plainSpec(other: Partial<ServiceSpec> = {}): ServiceSpec {
  return {
    schemaVersion: 1,
    template: { name: 'small-api', version: '1.0.0', treeHash: 'a'.repeat(64) },
    type: 'api',
    language: 'node',
    ci: 'github-actions',
    owner: PAYMENTS,
    description: 'Takes payments',
    repository: { host: 'local' },
    ...other,
  };
}

/** A request as it is accepted, with its run in the ledger. */
export async function acceptPlain(
  db: Knex,
  {
    name,
    onFailure = 'continue',
    spec: sent = plainSpec(),
  }: { name: string; onFailure?: RequestRow['on_failure']; spec?: ServiceSpec },
): Promise<{ id: string; runId: string }> {
  const now = Date.now();
  const spec = normaliseSpec(sent);
  const key = { kind: 'service' as const, namespace: 'default', name };
  const facts: ObservedFacts = {
    ...key,
    mode: 'create',
    bundleDigest: BUNDLE,
    repository: 'absent',
    entity: 'absent',
    deployer: true,
  };
  const id = uuid();
  const runId = await inTransaction(db, async tx => {
    await insertRows(tx, tables.requests, [
      {
        ...key,
        id,
        name_key: keyText(key),
        owner: PAYMENTS,
        requester: MIRA,
        state: 'accepted',
        reason: null,
        service_state: 'none',
        practice: false,
        on_failure: onFailure,
        revision: 1,
        run_id: '',
        template: spec.template.name,
        template_version: spec.template.version,
        type: spec.type,
        host: spec.repository.host,
        title: null,
        pending_owner: null,
        ends_at: null,
        end_told: false,
        failed_destroys: 0,
        forgotten: null,
        blanked: false,
        created_at: now,
        updated_at: now,
      },
    ]);
    await keepBundle(tx, BUNDLE, FILES, now);
    const specDigest = specDigestOf('service', spec, sha256);
    await insertRows(tx, tables.revisions, [
      {
        request_id: id,
        revision: 1,
        spec: written(sent),
        normal: written(spec),
        spec_digest: specDigest,
        plan_digest: specDigest,
        bundle_digest: BUNDLE,
        facts: written(facts),
        changes: written([say('first.accepted')]),
        accepted_at: now,
        accepted_by: MIRA,
      },
    ]);
    const row = await requestWithId(tx, id);
    return beginRun(
      tx,
      row!,
      {
        kind: 'create',
        state: 'accepted',
        initiator: { ref: MIRA, rights: 'owner' },
        revision: 1,
        effects: planCreate(spec, facts).effects,
      },
      now,
    );
  });
  return { id, runId };
}
