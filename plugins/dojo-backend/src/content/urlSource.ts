import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import { CONTENT_LIMITS } from '@fawkes/backstage-plugin-dojo-common/rules';
import type { SourceConfig } from '../config';
import { refuseTooMuch } from './fileSource';
import type { ContentSource } from './source';

const LONGEST_MS = 30_000;

/**
 * A folder of a repository, read as the portal reads others: hosts and
 * credentials are those of `integrations`.
 */
export function urlSource(
  { id, owner, target }: SourceConfig,
  reader: UrlReaderService,
): ContentSource {
  return {
    id,
    owner,
    async read(etag) {
      try {
        const tree = await reader.readTree(target, {
          etag,
          signal: AbortSignal.timeout(LONGEST_MS),
          filter: (path, info) => {
            if (path.split('/').some(part => part.startsWith('.')))
              return false;
            if ((info?.size ?? 0) <= CONTENT_LIMITS.fileBytes) return true;
            throw new InputError(
              `${path} is larger than ${CONTENT_LIMITS.fileBytes} bytes`,
            );
          },
        });
        const files = new Map<string, string>();
        let bytes = 0;
        for (const file of await tree.files()) {
          const content = await file.content();
          bytes += content.length;
          refuseTooMuch(file.path, content.length, files.size + 1, bytes);
          files.set(file.path, content.toString('utf8'));
        }
        return { etag: tree.etag, files };
      } catch (error) {
        if (isError(error) && error.name === 'NotModifiedError')
          return undefined;
        throw error;
      }
    },
  };
}
