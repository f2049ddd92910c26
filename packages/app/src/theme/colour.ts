/** Red, green and blue of linear light, each 0 to 1. */
type LinearRgb = [number, number, number];
type Matrix = [LinearRgb, LinearRgb, LinearRgb];

function linear(hex: string): LinearRgb {
  const channel = (start: number) => {
    const value = parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function multiply(matrix: Matrix, [r, g, b]: LinearRgb): LinearRgb {
  const row = (m: LinearRgb) =>
    Math.min(1, Math.max(0, m[0] * r + m[1] * g + m[2] * b));
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

function luminance(hex: string): number {
  const [r, g, b] = linear(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2 contrast ratio of two colours (`#rrggbb`), 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** Complete loss of one kind of cone, after Machado, Oliveira and Fernandes (2009). */
const VISION: Record<string, Matrix> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** OKLab coordinates (Ottosson 2020), in which equal distances look equally different. */
function oklab([r, g, b]: LinearRgb): LinearRgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/**
 * How different two colours look to whom they look most alike: the smallest OKLab distance among
 * full colour vision and the three dichromacies. Black and white are 1 apart; 0.1 is told apart
 * with ease.
 */
export function distinctness(a: string, b: string): number {
  return Math.min(
    ...Object.values(VISION).map(matrix => {
      const [p, q] = [a, b].map(hex => oklab(multiply(matrix, linear(hex))));
      return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
    }),
  );
}
