import { InputError } from '@backstage/errors';
import type { PlanBody } from '@fawkes/backstage-plugin-provisioning-common';
import type { ProvisioningService } from '@fawkes/backstage-plugin-provisioning-node';
import { bodyOf, type ServiceInput } from '../serviceInput';
import { answerOf } from './ask';

/**
 * What the provisioning plugin is asked for: by a template that it has, also one
 * that another module brought.
 *
 * @throws InputError with the field that is wrong
 */
export async function bodyFor(
  provisioning: ProvisioningService,
  input: ServiceInput,
  call: Parameters<ProvisioningService['templates']>[0],
): Promise<PlanBody> {
  const { items } = await answerOf(provisioning.templates(call));
  const found = items.find(({ name }) => name === input.template);
  if (!found) {
    const names = items.map(({ name }) => name).join(', ');
    throw new InputError(
      `template: there is no ${input.template} here, only ${names}`,
    );
  }
  const { name, version, treeHash, type, language, ci } = found;
  const ref = { name, version, treeHash };
  return bodyOf(input, { ref, type, language, ci });
}
