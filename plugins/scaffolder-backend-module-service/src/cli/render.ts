import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { InputError } from '@backstage/errors';
import {
  digestOfBundle,
  readTemplate,
  renderService,
} from '@fawkes/backstage-plugin-provisioning-node';
import { countOf } from '@fawkes/kit-contract';
import { parsed, serviceInputSchema, specOf } from '../serviceInput';
import { templateNamed } from '../templateFolders';
import { writeBundle } from '../writeBundle';

const USAGE =
  'template:render <template or folder> --out <folder> name=… owner=… [description=…] [title=…] [repositoryHost=local|github] [repositoryOwner=…]';

/**
 * Renders one template to a folder, as the portal would.
 *
 * @throws InputError when the arguments are wrong
 */
export async function renderCommand(
  args: string[],
  say: (line: string) => void,
): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    options: { out: { type: 'string' } },
    allowPositionals: true,
  });
  const [name, ...pairs] = positionals;
  if (!name || !values.out) throw new InputError(`Usage: ${USAGE}`);
  // What has a slash is a folder: names of templates have none.
  const template = name.includes('/')
    ? await readTemplate(resolve(name))
    : await templateNamed(name);
  const input = parsed(serviceInputSchema, {
    description: template.description,
    ...Object.fromEntries(pairs.map(pairOf)),
    template: template.ref.name,
  });
  const bundle = renderService(template, input, specOf(input, template));
  const folder = resolve(values.out);
  await writeBundle(bundle, folder);
  say(`${countOf(bundle.size, 'file')} in ${folder}`);
  say(`template ${template.ref.name} ${template.ref.version}`);
  say(`bundle ${digestOfBundle(bundle)}`);
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new InputError(`${text} is not of the form key=value`);
  return [text.slice(0, at), text.slice(at + 1)];
}
