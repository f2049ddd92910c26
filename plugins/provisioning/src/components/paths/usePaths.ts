import { appTreeApiRef, useApiHolder } from '@backstage/frontend-plugin-api';
import { useEntityPath, useOptionalRoute } from '@fawkes/kit-ui/values';
import { useMemo } from 'react';
import {
  destroyRouteRef,
  newRouteRef,
  operatorRouteRef,
  requestRouteRef,
  rootRouteRef,
  updateRouteRef,
} from '../../routes';

/** Parts of the page of a request, beside the first. */
export const REQUEST_PARTS = ['releases', 'logs', 'changes', 'access'] as const;
/** One of {@link REQUEST_PARTS}. */
export type RequestPart = (typeof REQUEST_PARTS)[number];

/** Addresses of pages; undefined where one is not mounted. */
export interface ProvisioningPaths {
  home(): string | undefined;
  make(): string | undefined;
  request(id: string, part?: RequestPart): string | undefined;
  update(id: string): string | undefined;
  destroy(id: string): string | undefined;
  operator(): string | undefined;
  entity(ref: string): string | undefined;
  /** The tab that says how it delivers, where the portal has one. */
  delivery(ref: string): string | undefined;
}

/** The tab of the delivery plugin, and where it is on the page of an entity. */
const DELIVERY = { extension: 'entity-content:delivery', path: '/delivery' };

/** Whether the portal has an extension, and has not switched it off. */
function useExtension(id: string): boolean {
  // An app of the old frontend system has no tree, and says nothing about its tabs.
  const tree = useApiHolder().get(appTreeApiRef)?.getTree().tree;
  return tree?.nodes.get(id)?.instance !== undefined;
}

/** Where things are. */
export function usePaths(): ProvisioningPaths {
  const root = useOptionalRoute(rootRouteRef);
  const make = useOptionalRoute(newRouteRef);
  const request = useOptionalRoute(requestRouteRef);
  const update = useOptionalRoute(updateRouteRef);
  const destroy = useOptionalRoute(destroyRouteRef);
  const operator = useOptionalRoute(operatorRouteRef);
  const entity = useEntityPath();
  const hasDelivery = useExtension(DELIVERY.extension);

  return useMemo(
    () => ({
      home: () => root?.(),
      make: () => make?.(),
      request: (id, part) => {
        const path = request?.({ id });
        return path && part ? `${path}/${part}` : path;
      },
      update: id => update?.({ id }),
      destroy: id => destroy?.({ id }),
      operator: () => operator?.(),
      entity: ref => entity(ref),
      delivery: ref => (hasDelivery ? entity(ref, DELIVERY.path) : undefined),
    }),
    [root, make, request, update, destroy, operator, entity, hasDelivery],
  );
}
