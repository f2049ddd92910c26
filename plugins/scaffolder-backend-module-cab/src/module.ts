import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { cabServiceRef } from '@fawkes/backstage-plugin-cab-node';
import { News } from './news';
import { createRequestAction } from './request';
import { createWaitAction } from './wait';

/** The actions `cab:request` and `cab:wait`. @public */
export const scaffolderModuleCab = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'cab',
  register(reg) {
    reg.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        cab: cabServiceRef,
        events: eventsServiceRef,
      },
      async init({ actions, auth, cab, events }) {
        const news = new News();
        await news.listen(events);
        actions.addActions(
          createRequestAction({ auth, cab }),
          createWaitAction({ auth, cab, news }),
        );
      },
    });
  },
});
