/**
 * The tag of an entity in a signal: 16 bits of its reference (FNV-1a, folded).
 * Whoever knows the entity recognises it. Whoever does not learns no name from
 * it, and cannot make sure of a guess: about one name in 65,536 has the same
 * tag. A chance hit costs one question more.
 *
 * @see http://www.isthe.com/chongo/tech/comp/fnv/
 * @param ref - entity ref, any case
 * @public
 */
export function signalTag(ref: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(ref.toLowerCase())) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  const folded = ((hash >>> 16) ^ hash) & 0xffff;
  return folded.toString(16).padStart(4, '0');
}
