import { deflateSync } from 'node:zlib';
import { chunk } from './bakePng';

const COLOURS: Readonly<Record<string, string>> = {
  white: '#fbfaf5',
  yellow: '#e8c33c',
  green: '#3d8f5a',
  brown: '#7c5335',
  black: '#23272b',
};
const INK = '#23272b';
const PAPER = '#eef0f2';
const SIZE = 512;

/** Rectangles of a belt with its knot: colour, then left, top, width and height. */
function belt(colour: string): Array<[string, number, number, number, number]> {
  const own = COLOURS[colour] ?? COLOURS.white;
  return [
    [PAPER, 0, 0, 512, 512],
    [INK, 40, 196, 432, 104],
    [own, 48, 204, 416, 88],
    [INK, 192, 260, 64, 188],
    [own, 200, 268, 48, 172],
    [INK, 256, 260, 64, 148],
    [own, 264, 268, 48, 132],
    [INK, 184, 180, 144, 136],
    [own, 192, 188, 128, 120],
  ];
}

/** A belt as SVG; what it says is in its title too. */
export function beltSvg(colour: string, title: string): string {
  const parts = belt(colour).map(
    ([fill, x, y, width, height]) =>
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" viewBox="0 0 ${SIZE} ${SIZE}" role="img"><title>${escapeXml(
    title,
  )}</title>${parts.join('')}</svg>`;
}

/** The same as PNG. */
export function beltPng(colour: string): Buffer {
  const rows = Buffer.alloc(SIZE * (SIZE * 3 + 1));
  for (const [fill, left, top, width, height] of belt(colour)) {
    const rgb = Buffer.from(fill.slice(1), 'hex');
    for (let y = top; y < top + height; y++) {
      for (let x = left; x < left + width; x++) {
        rgb.copy(rows, y * (SIZE * 3 + 1) + 1 + x * 3);
      }
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(SIZE, 0);
  head.writeUInt32BE(SIZE, 4);
  // Eight bits of each of three colours.
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Text between tags and in attributes. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, letter => `&#${letter.codePointAt(0)};`);
}
