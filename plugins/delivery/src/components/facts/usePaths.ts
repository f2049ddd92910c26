import { useEntityPath, useOptionalRoute } from '@fawkes/kit-ui/values';
import { useMemo } from 'react';
import {
  changeRouteRef,
  deploymentRouteRef,
  qualityRouteRef,
  rootRouteRef,
} from '../../routes';
import { type DeliveryView, writeView } from '../filters';

/** Addresses of the pages facts link to; undefined where one is not mounted. */
export interface DeliveryPaths {
  /** The first page, as the person left it. */
  home(): string | undefined;
  /** The page with the charts, showing this view. */
  dora(view: DeliveryView): string | undefined;
  deployment(key: string): string | undefined;
  change(key: string): string | undefined;
  /** @param scope - entity refs to look at; none = everything */
  quality(scope?: string[]): string | undefined;
  /** @param tab - path of an entity tab, e.g. `/delivery` */
  entity(ref: string, tab?: string): string | undefined;
}

/** Where facts are explained. */
export function usePaths(): DeliveryPaths {
  const root = useOptionalRoute(rootRouteRef);
  const deployment = useOptionalRoute(deploymentRouteRef);
  const change = useOptionalRoute(changeRouteRef);
  const quality = useOptionalRoute(qualityRouteRef);
  const entity = useEntityPath();

  return useMemo(
    () => ({
      home: () => root?.(),
      dora: view =>
        root && `${root()}?${writeView(new URLSearchParams(), view)}`,
      deployment: key => deployment?.({ key: encodeURIComponent(key) }),
      change: key => change?.({ key: encodeURIComponent(key) }),
      quality: (scope = []) => {
        const path = quality?.();
        const search = new URLSearchParams(
          scope.map(ref => ['scope', ref]),
        ).toString();
        return path && search ? `${path}?${search}` : path;
      },
      entity,
    }),
    [root, deployment, change, quality, entity],
  );
}
