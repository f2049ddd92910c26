import { dojoRoutes } from '@fawkes/backstage-plugin-dojo-common';
import { openApiOf, type OpenApiJson } from '@fawkes/kit-contract';

/** The OpenAPI 3.1 document, generated from the contract. */
export function openApiDocument(): OpenApiJson {
  return openApiOf(
    {
      title: 'Fawkes dojo',
      version: '1',
      description:
        'Belts, modules and lessons, and attempts at quizzes. What decides grades is in no answer.',
      server: '/api/dojo',
    },
    dojoRoutes,
  );
}
