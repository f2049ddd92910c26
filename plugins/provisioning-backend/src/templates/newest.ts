import { InputError } from '@backstage/errors';
import {
  renderService,
  type EffectRequest,
  type RenderedVersion,
} from '@fawkes/backstage-plugin-provisioning-node';
import { filesOf, type Templates } from './templates';

/** What a request would be written as now. */
export function newestOf(
  templates: Pick<Templates, 'named'>,
  { namespace, name, spec }: EffectRequest,
): RenderedVersion | undefined {
  const template = templates.named(spec.template.name);
  if (!template) return undefined;
  try {
    const files = renderService(template, { namespace, name }, spec);
    return { version: template.ref.version, files: filesOf(files) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    // It takes such a spec no more: whoever updates is told by the plan.
    return undefined;
  }
}
