import { useEntityTitles } from './useEntityTitles';

/** The title of an entity; its ref is in the tooltip. @public */
export function EntityName({ entityRef }: { entityRef: string }) {
  const titleOf = useEntityTitles([entityRef]);
  return <span title={entityRef}>{titleOf(entityRef)}</span>;
}
