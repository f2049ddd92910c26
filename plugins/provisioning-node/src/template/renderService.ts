import type { NormalSpec } from '@fawkes/backstage-plugin-provisioning-common';
import type { RequestKey } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { renderTemplate, type Bundle } from '../render';
import type { ServiceTemplate } from './readTemplate';
import { valuesOf } from './values';

/**
 * The tree of a service: what plan shows, what is pushed, and what an update is
 * compared with. Pure: same template, key and spec, same bytes.
 *
 * @throws InputError when the template does not fit
 * @public
 */
export function renderService(
  template: ServiceTemplate,
  key: Pick<RequestKey, 'namespace' | 'name'>,
  spec: Omit<NormalSpec, 'template'>,
): Bundle {
  return renderTemplate(template.files, valuesOf(key, spec, template));
}
