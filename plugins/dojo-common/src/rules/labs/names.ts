import { foldText } from '../grade/fold';

/** An entity by everything people call it. @public */
export interface CalledEntity {
  /** Its full reference. */
  ref: string;
  /** Its title and display name, where it has them. */
  names: readonly string[];
}

/**
 * Whether what somebody typed names an entity: by reference, with or without
 * kind, the namespace left out only where it is the default one, or by title or
 * display name. Case and white space do not matter.
 *
 * @public
 */
export function namesEntity(
  typed: string,
  { ref, names }: CalledEntity,
): boolean {
  const found = /^([^:/]{1,63}):([^:/]{1,63})\/([^:/]{1,63})$/.exec(ref);
  if (!found) return false;
  const [, kind, namespace, name] = found;
  const refs = [
    ref,
    `${namespace}/${name}`,
    ...(namespace === 'default' ? [`${kind}:${name}`, name] : []),
  ];
  const said = foldText(typed);
  return (
    said !== '' && [...refs, ...names].some(each => foldText(each) === said)
  );
}
