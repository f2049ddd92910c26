import { InputError } from '@backstage/errors';
import type { TemplateRef } from '@fawkes/backstage-plugin-provisioning-common';
import type { RenderedFile } from '@fawkes/backstage-plugin-provisioning-common/rules';
import {
  readTemplate,
  type Bundle,
  type ServiceTemplate,
} from '@fawkes/backstage-plugin-provisioning-node';

/** The templates this portal has, read at start. */
export class Templates {
  private constructor(
    private readonly byName: ReadonlyMap<string, ServiceTemplate>,
  ) {}

  /**
   * Reads templates from their folders.
   *
   * @throws InputError naming the folder that is wrong, or a name that is there twice
   */
  static async read(directories: readonly string[]): Promise<Templates> {
    const templates = await Promise.all(
      directories.map(async directory => {
        try {
          return await readTemplate(directory);
        } catch (error) {
          throw new InputError(`The template in ${directory} is wrong`, error);
        }
      }),
    );
    return Templates.of(templates);
  }

  /** @throws InputError when two have one name */
  static of(templates: readonly ServiceTemplate[]): Templates {
    const byName = new Map<string, ServiceTemplate>();
    for (const template of templates) {
      const { name } = template.ref;
      if (byName.has(name)) {
        throw new InputError(
          `Two templates are called ${name}; remove one of the modules that bring it`,
        );
      }
      byName.set(name, template);
    }
    return new Templates(byName);
  }

  /** All of them, by name. */
  all(): ServiceTemplate[] {
    return [...this.byName.values()].sort((a, b) =>
      a.ref.name < b.ref.name ? -1 : 1,
    );
  }

  /** The one of a name; undefined when there is none. */
  named(name: string): ServiceTemplate | undefined {
    return this.byName.get(name);
  }

  /**
   * The template of a spec, exactly.
   *
   * @throws InputError saying which version there is
   */
  exact({ name, version, treeHash }: TemplateRef): ServiceTemplate {
    const found = this.byName.get(name);
    if (!found) {
      const names = [...this.byName.keys()].join(', ');
      throw new InputError(
        `spec.template.name: there is no template ${name}, only ${
          names || 'none at all'
        }`,
      );
    }
    if (found.ref.version !== version || found.ref.treeHash !== treeHash) {
      throw new InputError(
        `spec.template: ${name}@${version} is not what this portal has now; take version ${found.ref.version} with the tree hash ${found.ref.treeHash}`,
      );
    }
    return found;
  }
}

/** What was rendered, as files. */
export function filesOf(bundle: Bundle): RenderedFile[] {
  return [...bundle].map(([path, { mode, bytes }]) => ({ path, mode, bytes }));
}
