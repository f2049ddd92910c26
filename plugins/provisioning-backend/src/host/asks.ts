import {
  accessTo,
  keepsName,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { takePush } from '../commands/pushed';
import type { Core } from '../core';
import type { LocalHostAsks } from '../effects/localHost';
import { accessible } from '../permissions/asker';
import {
  effectRequestOf,
  requestWithId,
  requestWithKey,
} from '../store/requests';
import type { RequestRow } from '../store/tables';
import { newestOf } from '../templates/newest';

/** What the local host is answered by the core. */
export function asksOf(core: () => Core): LocalHostAsks {
  const asEffects = async (row: RequestRow | undefined) =>
    row && keepsName(row.state) ? effectRequestOf(core().db, row) : undefined;
  return {
    requestOf: async id => asEffects(await requestWithId(core().db, id)),
    requestNamed: async (namespace, name) =>
      asEffects(
        await requestWithKey(core().db, { kind: 'service', namespace, name }),
      ),
    async mayUse(userRef, requestId) {
      const { db, people, config } = core();
      const row = await requestWithId(db, requestId);
      const owned = row && (await people.ownershipOf(userRef));
      if (!row || !owned) return { pull: false, push: false };
      const somebody = {
        userRef,
        ownershipRefs: owned,
        platform: config.platformGroups.some(group => owned.includes(group)),
      };
      const may = (action: 'pull' | 'push') =>
        accessTo(action, accessible(row), somebody) === 'allowed';
      return { pull: may('pull'), push: may('push') };
    },
    async pushed(push) {
      const { db, now, nudge, announce } = core();
      if (await takePush(db, push, now())) nudge();
      announce([push.requestId]);
    },
    newest: async request => newestOf(core().templates, request),
    changed(requestId) {
      const { announce } = core();
      announce([requestId]);
      void keepServiceState(core(), requestId);
    },
  };
}

/** Quotas count services by their rows, in the transaction that accepts another. */
async function keepServiceState(core: Core, requestId: string): Promise<void> {
  try {
    const service = await core.localHost()?.serviceOf(requestId);
    if (!service) return;
    await core
      .db('requests')
      .where('id', requestId)
      .whereNot('service_state', service.state)
      .update({ service_state: service.state });
  } catch (error) {
    core.logger.warn('The state of a service could not be kept', {
      requestId,
      error: String(error),
    });
  }
}
