import { parseEntityRef } from '@backstage/catalog-model';
import {
  type AnyParams,
  type RouteFunc,
  type RouteRef,
  type SubRouteRef,
  useRouteRef,
} from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
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
  /** @param tab - path of an entity tab, e.g. `/delivery` */
  entity(ref: string, tab?: string): string | undefined;
}

/** `useRouteRef` throws for a page an adopter has switched off. */
function useOptionalRoute<P extends AnyParams>(
  ref: RouteRef<P> | SubRouteRef<P>,
): RouteFunc<P> | undefined {
  try {
    return useRouteRef(ref);
  } catch {
    return undefined;
  }
}

/** Where things are. */
export function usePaths(): ProvisioningPaths {
  const root = useOptionalRoute(rootRouteRef);
  const make = useOptionalRoute(newRouteRef);
  const request = useOptionalRoute(requestRouteRef);
  const update = useOptionalRoute(updateRouteRef);
  const destroy = useOptionalRoute(destroyRouteRef);
  const operator = useOptionalRoute(operatorRouteRef);
  const entity = useOptionalRoute(entityRouteRef);

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
      entity: (ref, tab = '') => {
        const path = entity?.(parseEntityRef(ref));
        return path && `${path}${tab}`;
      },
    }),
    [root, make, request, update, destroy, operator, entity],
  );
}
