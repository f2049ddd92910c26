import type { ProvisioningRequest } from '@fawkes/backstage-plugin-provisioning-common';
import { changesService } from '@fawkes/backstage-plugin-provisioning-common/rules';

const OVER = ['destroyed', 'forgotten'];
const HALTED = ['failed', 'needs_person', 'cancelled'];

/** Running services on this computer was switched off: nothing here can start it. */
export function isSwitchedOff({
  state,
  reason,
}: ProvisioningRequest['service']): boolean {
  return state === 'stopped' && reason === 'switched_off';
}

/** Which commands make sense for what a request is; whether one may is another matter. */
export function commandsOf({
  state,
  service,
  spec,
  run,
  releases,
}: Pick<
  ProvisioningRequest,
  'state' | 'service' | 'spec' | 'run' | 'releases'
>) {
  const isOver = OVER.includes(state);
  const isGoing = isOver || state.startsWith('destroy');
  const isOff = isSwitchedOff(service);
  const isDeployedHere =
    spec.repository.host === 'local' && spec.type !== 'library' && !isOff;
  return {
    cancel: run.state === 'running' && run.kind !== 'destroy',
    retry: HALTED.includes(state),
    start: !isGoing && !isOff && changesService('start', service.state),
    stop: !isGoing && changesService('stop', service.state),
    deploy: !isGoing && isDeployedHere,
    // To something that was healthy and is not what runs.
    rollback:
      !isGoing &&
      isDeployedHere &&
      releases.some(({ healthy, current }) => healthy && !current),
    update: !isGoing,
    transfer: !isGoing,
    destroy: !isOver,
    forget: state === 'destroy_incomplete',
    attic: state === 'destroyed' && spec.repository.host === 'local',
  };
}
