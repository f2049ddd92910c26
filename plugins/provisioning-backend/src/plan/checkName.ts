import { InputError } from '@backstage/errors';
import {
  kindSchema,
  type NameAnswer,
  type NameQuery,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  entityRefOf,
  nameFault,
  say as sayRule,
  suggestName,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
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
    reason && (await freeName(core, { kind, namespace, name }, language));
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
  return (await entityFact(asker.viewer, key, undefined)) === 'other'
    ? sayRule('name.in_catalog', { entity: entityRefOf(key) })
    : undefined;
}

/** A free name that is close; the wished one was found to be taken. */
async function freeName(
  core: Core,
  key: Key,
  language: NameQuery['language'],
): Promise<string | undefined> {
  const taken = new Set<string>([key.name]);
  for (;;) {
    const name = suggestName(key.name, language, each => taken.has(each));
    if (name === undefined) return undefined;
    const holder = await core
      .db('requests')
      .where('name_key', keyText({ ...key, name }))
      .first('id');
    if (!holder) return name;
    taken.add(name);
  }
}
