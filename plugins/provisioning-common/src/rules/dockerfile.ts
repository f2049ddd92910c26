/** A line of a Dockerfile that begins a stage; flags such as `--platform` may stand before the image. */
const FROM =
  /^[ \t]*from[ \t]+(?:--\S+[ \t]+)*(\S+)(?:[ \t]+as[ \t]+(\S+))?[ \t]*$/i;

/**
 * The images a Dockerfile builds on, in their order and each as often as it is
 * named; stages of its own are none.
 * @public
 */
export function basesOf(dockerfile: string): string[] {
  const stages = new Set<string>();
  const bases: string[] = [];
  // A line that ends with a backslash goes on in the next one.
  for (const line of dockerfile.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const [, image, stage] = FROM.exec(line) ?? [];
    if (image === undefined) continue;
    if (!stages.has(image.toLowerCase())) bases.push(image);
    if (stage !== undefined) stages.add(stage.toLowerCase());
  }
  return bases;
}

/** Whether an image is the same whoever pulls it when. @public */
export function isPinned(image: string): boolean {
  return (
    image.toLowerCase() === 'scratch' || /@sha256:[0-9a-f]{64}$/.test(image)
  );
}

/** An image as people read it: of its digest, enough to tell it from others. @public */
export function shortImage(image: string): string {
  return image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]{52}$/, '$1…');
}
