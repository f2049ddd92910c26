import { Alert, Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiRefreshLine } from '@remixicon/react';
import { kitUiTranslationRef } from '../translation';
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
}

/** What went wrong in words, with a way to try again. @public */
export function ErrorState({
  error,
  title,
  onRetry,
  isRetrying,
}: ErrorStateProps) {
  const { t } = useTranslationRef(kitUiTranslationRef);
  const speak = useSaid();
  const { kind, message, words } = explainError(error);
  const advice =
    kind === 'other' ? speak(words, message) : t(`state.error.${kind}`);
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
