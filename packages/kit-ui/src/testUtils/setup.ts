import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

/** Size every element is said to have, in CSS pixels. */
const DESKTOP = { width: 1200, height: 600 };
let element = DESKTOP;

/**
 * How wide what is rendered from now on finds itself, CSS pixels; the desktop's
 * again without one, which has to be called after the test.
 * @public
 */
export function setElementWidth(width: number = DESKTOP.width): void {
  element = { ...DESKTOP, width };
}

const VIEWPORT_WIDTH = 1280;

/** jsdom lays nothing out: charts and virtual tables get a fixed size. */
class FixedResizeObserver implements ResizeObserver {
  constructor(private readonly callback: ResizeObserverCallback) {}

  observe(target: Element) {
    const { width, height } = element;
    const contentRect = rect(0, 0, width, height);
    const size = [{ inlineSize: width, blockSize: height }];
    this.callback(
      [
        {
          target,
          contentRect,
          borderBoxSize: size,
          contentBoxSize: size,
          devicePixelContentBoxSize: size,
        },
      ],
      this,
    );
  }

  unobserve() {}

  disconnect() {}
}

function rect(x = 0, y = 0, width = 0, height = 0): DOMRect {
  const box = { x, y, width, height };
  return {
    ...box,
    top: y,
    left: x,
    right: x + width,
    bottom: y + height,
    toJSON: () => box,
  };
}

/**
 * For `src/setupTests.ts` of a package with screens: matchers of the DOM, time
 * for a busy machine, and a browser that has a size.
 * @public
 */
export function setUpTests(): void {
  // A whole page takes a busy machine seconds to render; waiting costs nothing
  // where it is quick.
  jest.setTimeout(60_000);
  configure({ asyncUtilTimeout: 15_000 });
  if (typeof window === 'undefined') return;

  window.ResizeObserver = FixedResizeObserver;
  // Only what @backstage/ui asks: min-width queries against a desktop.
  window.matchMedia = (query: string) => {
    const minimum = /min-width:\s*(\d+)px/.exec(query);
    const list = new EventTarget() as MediaQueryList;
    return Object.assign(list, {
      media: query,
      matches: minimum ? VIEWPORT_WIDTH >= Number(minimum[1]) : false,
      onchange: null,
      addListener: () => {},
      removeListener: () => {},
    });
  };
}
