import { useEffect, useRef, useState } from 'react';

/**
 * Leads somebody who pressed the button at the end to the first thing to mend.
 *
 * @returns the form, whether it was tried, and what says that it was
 */
export function useFirstFault() {
  const form = useRef<HTMLFormElement>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (tries === 0) return;
    form.current
      ?.querySelector<HTMLElement>(
        '[aria-invalid="true"], [data-invalid] button, [data-invalid] input',
      )
      ?.focus();
  }, [tries]);
  return { form, tried: tries > 0, onFault: () => setTries(now => now + 1) };
}
