import {
  renderService,
  type Bundle,
} from '@fawkes/backstage-plugin-provisioning-node';
import { parsed, serviceInputSchema, specOf } from '../serviceInput';
import { templateNamed } from '../templateFolders';

/** A service of ours, rendered from what a form would tell. */
export async function rendered(
  template: string,
  told: Record<string, string> = {},
): Promise<Bundle> {
  const found = await templateNamed(template);
  const input = parsed(serviceInputSchema, {
    template,
    name: 'orders',
    owner: 'payments',
    description: 'Takes orders',
    ...told,
  });
  return renderService(found, input, specOf(input, found));
}

/** The text of a file of it. */
export function textIn(bundle: Bundle, path: string): string {
  const file = bundle.get(path);
  if (!file) throw new Error(`There is no ${path}`);
  return new TextDecoder().decode(file.bytes);
}
