import { nextShapes, orRefused, outgrows } from '@internal/hostile-text';
import { dojoIdSchema } from '../contract';
import { readMarkdown } from './content/markdown';
import { labFileSchema, questionSchema } from './content/schemas';
import { readDrawing } from './content/svg';
import { foldText } from './grade/fold';
import { readNumber } from './grade/numbers';
import { patternFault } from './grade/patterns';
import { CHECK_TYPES } from './labs/checkTypes';
import { isAsShown } from './labs/figures';
import { namesEntity } from './labs/names';
import { excerptOf } from './labs/redact';

/** A body of these routes, and a file of a curriculum, has 256 KiB at most. */
const LONGEST = process.env.FAWKES_RUNS ? 262_144 : 16_384;
// Thousands of measurements on two busy cores: slow is not broken.
jest.setTimeout(600_000);

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1">';

/** As much of it in one block as is taken, and again behind an empty line. */
const inBlocks = (text: string) =>
  text.match(/[^]{1,700}/g)?.join('\n\n') ?? '';

const OWNER = { ref: 'group:default/core', names: ['Core'] };

it.each<[string, (text: string) => unknown]>([
  ['an id', text => dojoIdSchema.safeParse(text)],
  ['a number that was typed', text => readNumber(text)],
  ['a figure that was typed', text => isAsShown(text, '8.1', '%')],
  ['an answer', text => foldText(text.slice(0, 500))],
  ['the name of an owner', text => namesEntity(text.slice(0, 500), OWNER)],
  [
    'a reference in the catalog',
    text => namesEntity('x', { ref: text, names: [] }),
  ],
  ['a fact', text => excerptOf({ fact: text }, 'user:default/a')],
  ['the name of a fact', text => excerptOf({ [text]: 'x' }, 'user:default/a')],
  ['a pattern of content', text => patternFault(text.slice(0, 1_000))],
  ['a text of content', text => readMarkdown(text)],
  ['a text of blocks', text => readMarkdown(inBlocks(text))],
  ['a drawing', text => readDrawing(text)],
  ['words of a drawing', text => readDrawing(`${SVG}<text>${text}`)],
  ['a place in a drawing', text => readDrawing(`${SVG}<path d="${text}"/>`)],
  [
    'a question',
    text => questionSchema.safeParse({ type: 'numeric', key: text }),
  ],
  ['a day', text => labFileSchema.shape.verifiedAt.safeParse(text)],
  [
    'the path of a step',
    text => CHECK_TYPES.visited.params.safeParse({ path: `/${text}` }),
  ],
  [
    'the address of a probe',
    text =>
      CHECK_TYPES['http-probe'].params.safeParse({ url: `https://${text}` }),
  ],
  [
    'an entity of content',
    text =>
      CHECK_TYPES['answer-live'].params.safeParse({
        fact: 'owner',
        entity: text,
      }),
  ],
])('%s takes time in proportion to its length', (_, run) => {
  const slow = nextShapes().flatMap(
    shape => outgrows(orRefused(run), shape, LONGEST) ?? [],
  );
  expect(slow).toEqual([]);
});
