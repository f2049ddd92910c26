import { Alert, Button } from '@backstage/ui';
import type { Said } from '@fawkes/kit-contract';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiRefreshLine } from '@remixicon/react';
import { kitUiTranslationRef } from '../translation';
import type { ReactNode } from 'react';
import { useSaid } from '../values';
import { explainError } from './explainError';

/** What {@link ErrorState} takes. @public */
export interface ErrorStateProps {
  /** Of a request, or of the network. */
  error: unknown;
  /** What could not be shown, e.g. "The list could not be loaded". */
  title?: string;
  /** Tries again; without it there is no button. */
  onRetry?: () => void;
  /** A retry is under way. */
  isRetrying?: boolean;
  /** How what the backend said is shown, e.g. with the titles of who is in it; its text where left out. */
  saying?: (said: Said) => ReactNode;
}

/** What went wrong in words, with a way to try again. @public */
export function ErrorState({
  error,
  title,
  onRetry,
  isRetrying,
  saying,
}: ErrorStateProps) {
  const { t } = useTranslationRef(kitUiTranslationRef);
  const speak = useSaid();
  const { kind, message, words } = explainError(error);
  const { code, params = {} } = words;
  const spoken = () =>
    saying && code !== undefined
      ? saying({ code, params, text: message })
      : speak(words, message);
  const advice = kind === 'other' ? spoken() : t(`state.error.${kind}`);
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={title ?? t('state.error.title')}
      description={advice}
      customActions={
        onRetry ? (
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiRefreshLine aria-hidden />}
            isPending={isRetrying}
            onPress={onRetry}
          >
            {t('state.error.retry')}
          </Button>
        ) : undefined
      }
    />
  );
}
