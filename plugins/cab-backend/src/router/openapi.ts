import { cabRoutes } from '@fawkes/backstage-plugin-cab-common';
import { openApiOf, type OpenApiJson } from '@fawkes/kit-contract';

/** The OpenAPI 3.1 document, generated from the contract. */
export function openApiDocument(): OpenApiJson {
  return openApiOf(
    {
      title: 'Fawkes change approval',
      version: '1',
      description:
        'May this ship, who said so, and on what evidence? Scores are thousandths of a point, instants UTC. Votes are people’s: no service and no token for one is taken.',
      server: '/api/cab',
    },
    cabRoutes,
  );
}
