import { InputError } from '@backstage/errors';
import {
  kindSchema,
  type NameAnswer,
  type NameQuery,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  entityRefOf,
  nameCandidates,
  nameFault,
  say as sayRule,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { AwayError } from '@fawkes/kit-backend/http';
import { clipText, type Said } from '@fawkes/kit-contract';
import type { Core } from '../core';
import type { Asker } from '../permissions/asker';
import { keyText, requestWithKey } from '../store/requests';
import { entityFact, mayAsk } from './planRequest';
import { quotasFor } from './quotas';

/** Longest name that is looked at. */
const MAX_NAME = 200;

/** The live answers of the form: whether a name is free, and what to take instead. */
export async function checkName(
  core: Core,
  asker: Asker,
  asked: { kind: string; name: string },
  { namespace, owner, language }: NameQuery,
): Promise<NameAnswer> {
  const kind = kindSchema.safeParse(asked.kind).data;
  if (!kind)
    throw new InputError(
      `kind: nothing is called ${clipText(asked.kind)} here`,
    );
  const { name } = asked;
  if (name.length > MAX_NAME) {
    throw new InputError(`name: must have at most ${MAX_NAME} characters`);
  }
  const fault = nameFault(name, language);
  const reason =
    fault ?? (await whyTaken(core, asker, { kind, namespace, name }));
  const quotas = owner && (await quotasFor(core.db, owner, core.config.limits));
  const suggestion =
    reason &&
    (await freeName(core, asker, { kind, namespace, name }, language));
  return {
    free: !reason,
    ...(reason && { reason }),
    ...(suggestion && { suggestion }),
    ownerAllowed: owner !== undefined && mayAsk(core, asker, owner),
    quota: quotas ? [quotas.owner, quotas.running] : [],
  };
}

type Key = Parameters<typeof requestWithKey>[1];

async function whyTaken(
  core: Core,
  asker: Asker,
  key: Key,
): Promise<Said | undefined> {
  const holder = await requestWithKey(core.db, key);
  if (holder) {
    return sayRule('name.taken', { name: key.name, owner: holder.owner });
  }
  const fact = await entityFact(asker.viewer, key, undefined);
  if (fact === 'unknown') {
    throw new AwayError(
      'The catalog does not answer, so nobody can say whether the name is free; ask again in a few seconds',
    );
  }
  return fact === 'other'
    ? sayRule('name.in_catalog', { entity: entityRefOf(key) })
    : undefined;
}

/** Candidates that the catalog is asked about; one of so many is free. */
const MOST_ASKED = 20;

/**
 * A free name that is close, by the ledger and the catalog, each asked once: this
 * is asked at every stop of somebody who types.
 */
async function freeName(
  core: Core,
  asker: Asker,
  key: Key,
  language: NameQuery['language'],
): Promise<string | undefined> {
  const names = nameCandidates(key.name, language).filter(
    name => name !== key.name,
  );
  const keyOf = (name: string) => keyText({ ...key, name });
  const held = new Set<string>(
    await core
      .db('requests')
      .whereIn('name_key', names.map(keyOf))
      .pluck('name_key'),
  );
  const open = names.filter(name => !held.has(keyOf(name)));
  const asked = open.slice(0, MOST_ASKED);
  const refOf = (name: string) => entityRefOf({ ...key, name });
  const there = await asker.viewer.entities(asked.map(refOf));
  return asked.find(name => !there.has(refOf(name)));
}
