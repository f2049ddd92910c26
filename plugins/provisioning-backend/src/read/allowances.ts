import {
  REQUEST_ACTIONS,
  type Allowance,
  type RequestAction,
  type Service,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  accessTo,
  decide,
  keepsName,
  say as sayRule,
  whoMay,
  type Command,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Said } from '@fawkes/kit-contract';
import { accessible, type Asker } from '../permissions/asker';
import type { RequestRow, RunRow } from '../store/tables';
import { say } from '../words';

/** The command by which an action is decided; what has none needs only the name. */
const COMMANDS: Partial<Record<RequestAction, Command>> = {
  update: 'update',
  deploy: 'deploy',
  rollback: 'rollback',
  merge: 'merge',
  cancel: 'cancel',
  retry: 'retry',
  start: 'start',
  stop: 'stop',
  destroy: 'destroy',
  force: 'destroy',
  purge: 'destroy',
  forget: 'forget',
  transfer: 'transfer',
  accept_transfer: 'transfer',
};

/** What somebody may do with a request now, and if not, why. */
export async function allowancesOf(
  asker: Asker,
  row: RequestRow,
  run: RunRow,
  service: Service,
): Promise<Allowance[]> {
  return Promise.all(
    REQUEST_ACTIONS.map(async action => {
      const reason = await whyNot(asker, row, run, service, action);
      return {
        action,
        allowed: reason === null,
        reason,
        who: whoMay(action, accessible(row)),
      };
    }),
  );
}

async function whyNot(
  asker: Asker,
  row: RequestRow,
  run: RunRow,
  service: Service,
  action: RequestAction,
): Promise<Said | null> {
  if ((await asker.verdict(action, row)) !== 'allowed') {
    const rule = accessTo(action, accessible(row), asker.somebody);
    return rule === 'allowed' ? say('denied.policy') : sayRule('denied.role');
  }
  return whyNotNow(row, run, service, action);
}

function whyNotNow(
  row: RequestRow,
  run: RunRow,
  service: Service,
  action: RequestAction,
): Said | null {
  const { state } = row;
  if (action === 'see' || action === 'attic') return null;
  if (action === 'accept_transfer' && row.pending_owner === null) {
    return say('denied.no_offer');
  }
  const command = COMMANDS[action];
  if (!command) {
    return keepsName(state) ? null : say('denied.state', { state });
  }
  const outcome = decide(command, {
    state,
    runKind: run.kind,
    service: service.state,
  });
  if (outcome.do === 'existing') return say('denied.state', { state });
  if (outcome.do !== 'refuse') return null;
  if (outcome.code === 'RUN_IN_PROGRESS') return say('denied.busy');
  return outcome.code === 'NO_SERVICE'
    ? say('denied.no_service')
    : say('denied.state', { state });
}
