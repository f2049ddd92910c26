import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  readTemplate,
  type ServiceTemplate,
} from '@fawkes/backstage-plugin-provisioning-node';

/** Where the templates of this package are, also when it is installed from npm. */
export function templatesFolder(): string {
  return resolvePackagePath(
    '@fawkes/backstage-plugin-scaffolder-backend-module-service',
    'templates',
  );
}

/** The folders of the templates of this package, by name. */
export async function templateFolders(): Promise<string[]> {
  const root = templatesFolder();
  const entries = await readdir(root, { withFileTypes: true });
  return entries
    .filter(entry => entry.isDirectory())
    .map(({ name }) => join(root, name))
    .sort();
}

/** All templates of this package. */
export async function readTemplates(): Promise<ServiceTemplate[]> {
  return Promise.all((await templateFolders()).map(readTemplate));
}

/**
 * The template of a name.
 *
 * @throws NotFoundError with the names there are
 */
export async function templateNamed(name: string): Promise<ServiceTemplate> {
  const templates = await readTemplates();
  const found = templates.find(({ ref }) => ref.name === name);
  if (found) return found;
  const names = templates.map(({ ref }) => ref.name).join(', ');
  throw new NotFoundError(`There is no template ${name}, only ${names}`);
}
