import { useCallback, useState } from 'react';

const WIDTH_BEFORE_LAYOUT = 640;

/**
 * Follows the width of an element in CSS pixels.
 * Returns a ref callback and the width.
 * @public
 */
export function useElementWidth(): [
  (element: HTMLElement | null) => (() => void) | void,
  number,
] {
  const [width, setWidth] = useState(WIDTH_BEFORE_LAYOUT);
  const [observer] = useState(
    () =>
      new ResizeObserver(entries => {
        const measured = entries[entries.length - 1]?.contentRect.width ?? 0;
        if (measured > 0) setWidth(Math.floor(measured));
      }),
  );
  const ref = useCallback(
    (element: HTMLElement | null) => {
      observer.disconnect();
      if (element) observer.observe(element);
    },
    [observer],
  );
  return [ref, width];
}
