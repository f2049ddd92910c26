import { type KeyboardEvent, useRef, useState } from 'react';

const STEPS: Record<string, (index: number, last: number) => number> = {
  ArrowLeft: index => index - 1,
  ArrowUp: index => index - 1,
  ArrowRight: index => index + 1,
  ArrowDown: index => index + 1,
  Home: () => 0,
  End: (_, last) => last,
};

/**
 * One tab stop for a row of things; the arrow keys, Home and End move along
 * it. Starts at the newest, which is where people look first.
 */
export function useRoving(count: number) {
  const [chosen, setChosen] = useState<number>();
  const elements = useRef<({ focus(): void } | null)[]>([]);
  const last = count - 1;
  const current = Math.min(chosen ?? last, last);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step || count === 0) return;
    event.preventDefault();
    const next = Math.min(last, Math.max(0, step(current, last)));
    setChosen(next);
    elements.current[next]?.focus();
  };

  return {
    current,
    onKeyDown,
    choose: setChosen,
    refOf: (index: number) => (element: { focus(): void } | null) => {
      elements.current[index] = element;
    },
  };
}
