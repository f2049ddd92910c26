import { useEffect } from 'react';
import { useLocation } from 'react-router-dom';

/**
 * Brings the element the address points to into view. A browser does so only
 * for what is there when the page opens; here it comes with the answer.
 */
export function useHashTarget(isReady: boolean): void {
  const { hash } = useLocation();
  useEffect(() => {
    if (!isReady || !hash) return;
    document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [isReady, hash]);
}
