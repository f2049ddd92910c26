import { useEffect } from 'react';
import { useNavigate } from 'react-router-dom';

/** Opens the search with ⌘K or Ctrl+K, wherever one is. */
export function useSearchShortcut(href: string | undefined): void {
  const navigate = useNavigate();
  useEffect(() => {
    if (href === undefined) {
      return undefined;
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'k' && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        navigate(href);
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [href, navigate]);
}
