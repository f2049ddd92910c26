import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { checkOpenApi } from '@fawkes/kit-backend-test';
import { openApiDocument } from './openapi';

it('is valid, and the document that is checked in', async () => {
  await expect(
    checkOpenApi(
      openApiDocument(),
      resolvePackagePath(
        '@fawkes/backstage-plugin-dojo-backend',
        'report.openapi.json',
      ),
    ),
  ).resolves.toBeUndefined();
});
