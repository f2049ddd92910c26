import { createBackend } from '@backstage/backend-defaults';
import { readinessHealthFactory } from '@fawkes/kit-backend/http';

const backend = createBackend();

// Before every route: refuses settings that leave the portal open, and keeps what is for development
// only on this machine.
backend.add(import('./http'));

// Readiness says which database is away, so that a load balancer asks another replica.
backend.add(readinessHealthFactory);

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-proxy-backend'));

// Sign-in: one module per provider. Each exists only where `auth.providers` configures it, and the
// development one refuses to start anywhere else.
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-github-provider'));
backend.add(import('@backstage/plugin-auth-backend-module-oidc-provider'));
backend.add(import('./auth'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./permissions'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-notifications'),
);

backend.add(import('@backstage/plugin-techdocs-backend'));
backend.add(import('./techdocs'));

// The PostgreSQL engine steps aside on SQLite, where the search keeps its index in memory.
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-pg'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-techdocs'));

backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));

// Webhooks arrive at /api/events/http/<topic> and go no further unsigned.
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-events-backend-module-github'));
backend.add(import('@backstage/plugin-events-backend-module-gitlab'));
backend.add(import('./events'));

backend.add(import('@fawkes/backstage-plugin-delivery-backend'));
backend.add(import('@fawkes/backstage-plugin-delivery-backend-module-github'));
backend.add(import('@fawkes/backstage-plugin-delivery-backend-module-git'));

backend.add(import('@fawkes/backstage-plugin-cab-backend'));
backend.add(import('@fawkes/backstage-plugin-scaffolder-backend-module-cab'));
backend.add(import('@fawkes/backstage-plugin-search-backend-module-cab'));

// Services from a form: requests and their ledger, GitHub as a place for repositories, the templates and
// their actions, and what of it the catalog is told. What runs here does so in development only.
backend.add(import('@fawkes/backstage-plugin-provisioning-backend'));
backend.add(
  import('@fawkes/backstage-plugin-provisioning-backend-module-github'),
);
backend.add(
  import('@fawkes/backstage-plugin-catalog-backend-module-provisioning'),
);
backend.add(
  import('@fawkes/backstage-plugin-scaffolder-backend-module-service'),
);
backend.add(
  import('@fawkes/backstage-plugin-scaffolder-backend-module-gpu-host'),
);

backend.add(import('@fawkes/backstage-plugin-dojo-backend'));
backend.add(import('@fawkes/backstage-plugin-search-backend-module-dojo'));

// Read-only actions of the plugins become tools for AI assistants.
backend.add(import('@backstage/plugin-mcp-actions-backend'));

// Whatever runs this process has to notice a failed start; left alone, timers would keep it alive.
backend.start().catch(error => {
  process.stderr.write(`The backend did not start. ${error}\n`);
  process.exit(1);
});
