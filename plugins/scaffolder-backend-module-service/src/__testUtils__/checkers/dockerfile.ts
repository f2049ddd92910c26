import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { filesIn, oneByOne } from './checker';

/** Rules of ours: what is built runs as nobody in particular, from images that cannot change. */
function oursIn(text: string): string[] {
  const file = DockerfileParser.parse(text);
  const stages = file.getFROMs().map(from => from.getBuildStage());
  const moving = file
    .getFROMs()
    .filter(
      from =>
        !from.getImageDigest() && !stages.includes(from.getImage() ?? null),
    )
    .map(from => `${from.getImage()} has no digest`);
  const last = file
    .getInstructions()
    .filter(one => /^(FROM|USER)$/.test(one.getKeyword()))
    .at(-1);
  const user = last?.getKeyword() === 'USER' ? last.getArgumentsContent() : '';
  return /^[1-9]\d*(:\d+)?$/.test(user ?? '')
    ? moving
    : [...moving, `It runs as ${user || 'root'}, not as a number above 0`];
}

/** Instructions, flags and stages by dockerfile-utils, and rules of ours. */
export const dockerfile = oneByOne(bundle =>
  filesIn(bundle, /^Dockerfile$/).flatMap(([path, text]) =>
    [...validate(text).map(({ message }) => message), ...oursIn(text)].map(
      message => `${path}: ${message}`,
    ),
  ),
);
