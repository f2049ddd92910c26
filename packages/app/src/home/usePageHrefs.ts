import {
  appTreeApiRef,
  coreExtensionData,
  routeResolutionApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';

/**
 * Addresses of pages by extension id (`page:catalog`): undefined for pages whose plugin is not
 * installed, so that nothing leads nowhere.
 */
export function usePageHrefs(): (pageId: string) => string | undefined {
  const { tree } = useApi(appTreeApiRef).getTree();
  const routes = useApi(routeResolutionApiRef);
  return pageId => {
    const routeRef = tree.nodes
      .get(pageId)
      ?.instance?.getData(coreExtensionData.routeRef);
    return routeRef && routes.resolve(routeRef)?.();
  };
}
