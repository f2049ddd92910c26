import { Fragment, type ComponentType, type ReactNode } from 'react';
import { Dimmed, ErrorState, StaleNote } from '../states';

/** What {@link Loaded} has to know of a query; every hook of a query fits. @public */
export interface LoadedQuery<D> {
  /** The answer, once there is one. */
  data: D | undefined;
  /** Why the last attempt failed; `null` when it did not. */
  error: unknown;
  /** It is being asked. */
  isFetching: boolean;
  /** What is there answers the question before. */
  isPlaceholderData?: boolean;
  /** Asks again. */
  refetch: () => unknown;
}

/** What {@link Loaded} takes. @public */
export interface LoadedProps<D> {
  /** The answer, and how it stands with it. */
  query: LoadedQuery<D>;
  /** Stands where the answer will be, in its size. */
  skeleton: ReactNode;
  /** What could not be shown, e.g. "The list could not be loaded". */
  errorTitle?: string;
  /**
   * Up to when the answer knows, ISO 8601 UTC: writes a note below it, which
   * also says when newer data is on its way or failed to come.
   */
  asOf?: (data: D) => string;
  /** Old data is dimmed while the answer to a new question loads. */
  dims?: boolean;
  /** Stands around all that is not the answer itself, e.g. a `Container`. */
  frame?: ComponentType<{ children: ReactNode }>;
  /** IANA zone of that note; the browser's when left out. */
  tz?: string;
  /** The answer on the screen. */
  children: (data: D) => ReactNode;
}

/**
 * An answer in each of its states: not there yet, failed (with a way to try
 * again), there, and there but older than what is being loaded.
 * @public
 */
export function Loaded<D>({
  query,
  skeleton,
  errorTitle,
  asOf,
  tz,
  dims = false,
  frame: Frame = Fragment,
  children,
}: LoadedProps<D>) {
  const { data, error, isFetching, isPlaceholderData, refetch } = query;
  if (data === undefined) {
    return (
      <Frame>
        {error ? (
          <ErrorState
            title={errorTitle}
            error={error}
            onRetry={refetch}
            isRetrying={isFetching}
          />
        ) : (
          skeleton
        )}
      </Frame>
    );
  }
  return (
    <>
      {dims ? (
        <Dimmed when={isPlaceholderData ?? false}>{children(data)}</Dimmed>
      ) : (
        children(data)
      )}
      {asOf ? (
        <Frame>
          <StaleNote
            asOf={asOf(data)}
            tz={tz}
            isUpdating={isFetching}
            hasFailed={Boolean(error)}
          />
        </Frame>
      ) : null}
    </>
  );
}
