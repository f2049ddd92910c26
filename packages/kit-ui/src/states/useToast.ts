import {
  alertApiRef,
  toastApiRef,
  useApiHolder,
} from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';

/** What is said in passing. @public */
export interface ToastMessage {
  /** What happened, in a sentence. */
  title: string;
  /** `success` when left out. A failure stays until somebody closes it. */
  status?: 'success' | 'info' | 'warning' | 'danger';
  /** Where to look at it. */
  links?: { label: string; href: string }[];
}

/** Time to read a sentence. */
const PASSING_MS = 6_000;

/**
 * Says what happened to something that is not in sight any more. What is in
 * sight says so itself, in its place.
 * @public
 */
export function useToast(): (message: ToastMessage) => void {
  const apis = useApiHolder();
  return useCallback(
    ({ title, status = 'success', links }) => {
      const stays = status === 'danger';
      const toast = apis.get(toastApiRef);
      if (toast) {
        toast.post({
          title,
          status,
          links,
          timeout: stays ? undefined : PASSING_MS,
        });
        return;
      }
      // An app on the legacy frontend system.
      apis.get(alertApiRef)?.post({
        message: title,
        severity: status === 'danger' ? 'error' : status,
        display: stays ? 'permanent' : 'transient',
      });
    },
    [apis],
  );
}
