import { provisioningRoutes } from '@fawkes/backstage-plugin-provisioning-common';
import { openApiOf, type OpenApiJson } from '@fawkes/kit-contract';

/** The OpenAPI 3.1 document, generated from the contract. */
export function openApiDocument(): OpenApiJson {
  return openApiOf(
    {
      title: 'Fawkes provisioning',
      version: '1',
      description:
        'Services from a form to a running component and back. A command that begins a run answers 202; a refusal carries a code and what the caller needs to go on.',
      server: '/api/provisioning',
    },
    provisioningRoutes,
  );
}
