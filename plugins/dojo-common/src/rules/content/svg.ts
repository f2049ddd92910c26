import { SaxesParser, type SaxesTagNS } from 'saxes';

/** A drawing that only draws. @public */
export interface Drawing {
  /** Written anew from what was read. */
  svg: string;
  /** Its width divided by its height. */
  ratio: number;
}

const SVG = 'http://www.w3.org/2000/svg';

const ELEMENTS = new Set(
  'svg g path rect circle ellipse line polyline polygon text tspan title desc defs marker'.split(
    ' ',
  ),
);

const ATTRIBUTES = new Set(
  'viewBox id d x y x1 y1 x2 y2 cx cy r rx ry dx dy width height points transform fill fill-opacity fill-rule opacity stroke stroke-width stroke-opacity stroke-dasharray stroke-linecap stroke-linejoin font-size font-weight font-family font-style text-anchor dominant-baseline marker-start marker-end marker-mid markerWidth markerHeight refX refY orient'.split(
    ' ',
  ),
);

const MOST_ELEMENTS = 2_000;

/**
 * Reads an SVG and writes down what of it only draws. Whatever is not known to
 * be harmless refuses the whole: scripts, styles, links, pictures, animation,
 * foreign namespaces, entities.
 *
 * @throws TypeError saying what is not allowed
 * @public
 */
export function readDrawing(source: string): Drawing {
  const out: string[] = [];
  let count = 0;
  let ratio: number | undefined;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', () => {
    throw new TypeError('is not well-formed XML');
  });
  parser.on('doctype', () => {
    throw new TypeError('has a DOCTYPE');
  });
  parser.on('processinginstruction', () => {
    throw new TypeError('has a processing instruction');
  });
  parser.on('opentag', (tag: SaxesTagNS) => {
    if (++count > MOST_ELEMENTS) throw new TypeError('has too many elements');
    if (tag.uri !== SVG || !ELEMENTS.has(tag.name)) {
      throw new TypeError('has an element that does more than draw');
    }
    if (count === 1) ratio = ratioOf(tag);
    const attributes = Object.values(tag.attributes)
      .filter(({ name }) => name !== 'xmlns')
      .map(({ name, value }) => {
        const refers = /url\s*\(/i.test(value);
        const inside = /^url\(#[\w-]+\)$/.test(value);
        if (!ATTRIBUTES.has(name) || (refers && !inside)) {
          throw new TypeError('has an attribute that does more than draw');
        }
        return ` ${name}="${escaped(value)}"`;
      });
    const space = count === 1 ? ` xmlns="${SVG}"` : '';
    out.push(`<${tag.name}${space}${attributes.join('')}>`);
  });
  parser.on('closetag', tag => out.push(`</${tag.name}>`));
  parser.on('text', text => out.push(escaped(text)));
  parser.on('cdata', text => out.push(escaped(text)));
  parser.write(source).close();
  if (!ratio) throw new TypeError('needs a viewBox with a width and a height');
  return { svg: out.join(''), ratio };
}

function ratioOf(tag: SaxesTagNS): number | undefined {
  if (tag.name !== 'svg') throw new TypeError('does not begin with svg');
  const box = tag.attributes.viewBox?.value ?? '';
  const found = /^0 0 (\d{1,5}) (\d{1,5})$/.exec(box);
  return found ? Number(found[1]) / Number(found[2]) : undefined;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
