import { useCallback, useState } from 'react';

/**
 * Follows the width of the element it is given to, in CSS pixels. Measured
 * before the first paint; `undefined` where nothing is laid out.
 * @public
 */
export function useContainerWidth(): [
  (element: HTMLElement | null) => void,
  number | undefined,
] {
  const [width, setWidth] = useState<number>();
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
      if (!element) return;
      const { width: first } = element.getBoundingClientRect();
      if (first > 0) setWidth(Math.floor(first));
      observer.observe(element);
    },
    [observer],
  );
  return [ref, width];
}
