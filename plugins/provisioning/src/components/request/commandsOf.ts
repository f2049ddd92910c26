import type { ProvisioningRequest } from '@fawkes/backstage-plugin-provisioning-common';
import { changesService } from '@fawkes/backstage-plugin-provisioning-common/rules';

const OVER = ['destroyed', 'forgotten'];
const HALTED = ['failed', 'needs_person', 'cancelled'];

/** Which commands make sense for what a request is; whether one may is another matter. */
export function commandsOf({
  state,
  service,
  spec,
  run,
}: Pick<ProvisioningRequest, 'state' | 'service' | 'spec' | 'run'>) {
  const isOver = OVER.includes(state);
  const isGoing = isOver || state.startsWith('destroy');
  const isDeployedHere =
    spec.repository.host === 'local' && spec.type !== 'library';
  return {
    cancel: run.state === 'running' && run.kind !== 'destroy',
    retry: HALTED.includes(state),
    start: !isGoing && changesService('start', service.state),
    stop: !isGoing && changesService('stop', service.state),
    deploy: !isGoing && isDeployedHere,
    rollback: !isGoing && isDeployedHere,
    update: !isGoing,
    transfer: !isGoing,
    destroy: !isOver,
    forget: state === 'destroy_incomplete',
    attic: state === 'destroyed' && spec.repository.host === 'local',
  };
}
