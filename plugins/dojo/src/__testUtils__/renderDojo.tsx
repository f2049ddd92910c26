import {
  dojoRoutes,
  type DojoRoutes,
} from '@fawkes/backstage-plugin-dojo-common';
import { fakeClient, type FakeAnswers } from '@fawkes/kit-contract';
import { renderInPortal, type PortalOptions } from '@fawkes/kit-ui/testUtils';
import type { ReactElement } from 'react';
import { dojoApiRef } from '../api';
import { DojoRouter } from '../pages/DojoRouter';
import { rootRouteRef } from '../routes';

/** Opens a page of the dojo, with the answers its backend gives. */
export function renderDojo(
  at: string,
  answers: FakeAnswers<DojoRoutes>,
  options: PortalOptions & { element?: ReactElement } = {},
) {
  const { element = <DojoRouter />, ...more } = options;
  return renderInPortal(element, {
    apis: [[dojoApiRef, fakeClient(dojoRoutes, answers)]],
    mountedRoutes: { '/dojo': rootRouteRef },
    path: '/dojo/*',
    at,
    ...more,
  });
}
