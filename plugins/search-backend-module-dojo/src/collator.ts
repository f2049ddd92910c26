import { Readable } from 'node:stream';
import type { AuthService } from '@backstage/backend-plugin-api';
import type {
  DocumentCollatorFactory,
  IndexableDocument,
} from '@backstage/plugin-search-common';
import { dojoReadPermission } from '@fawkes/backstage-plugin-dojo-common';
import type { DojoService } from '@fawkes/backstage-plugin-dojo-node';

/** A module or a lesson, as search keeps it. */
export interface DojoDocument extends IndexableDocument {
  /** What its module is called. */
  moduleTitle: string;
  /** Language of its text. */
  locale: string;
}

/**
 * Collects what there is to read. Questions are not among it: the dojo does not
 * tell them. Whoever may not read the dojo does not find it either.
 */
export class DojoCollatorFactory implements DocumentCollatorFactory {
  readonly type = 'dojo';
  readonly visibilityPermission = dojoReadPermission;

  constructor(
    private readonly deps: {
      auth: AuthService;
      dojo: Pick<DojoService, 'texts'>;
    },
  ) {}

  async getCollator(): Promise<Readable> {
    return Readable.from(this.#documents());
  }

  async *#documents(): AsyncGenerator<DojoDocument> {
    const { auth, dojo } = this.deps;
    const credentials = await auth.getOwnServiceCredentials();
    // Where the dojo is not installed there is nothing to find.
    for (const each of (await dojo.texts({ credentials })) ?? []) {
      const module = `/dojo/modules/${each.module}`;
      yield {
        title: each.title,
        text: each.text,
        location: each.lesson ? `${module}/lessons/${each.lesson}` : module,
        moduleTitle: each.moduleTitle,
        locale: each.locale,
      };
    }
  }
}
