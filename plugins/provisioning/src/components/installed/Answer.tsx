import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Loaded, type LoadedProps } from '@fawkes/kit-ui/query';
import { EmptyState, isNotInstalled } from '@fawkes/kit-ui/states';
import { Fragment } from 'react';
import { provisioningTranslationRef } from '../../translation';

/** `Loaded`, which also knows a portal without the backend of this plugin. */
export function Answer<D>(props: LoadedProps<D>) {
  const { query, frame: Frame = Fragment } = props;
  if (query.data === undefined && isNotInstalled(query.error)) {
    return (
      <Frame>
        <NotInstalled />
      </Frame>
    );
  }
  return <Loaded {...props} />;
}

/** The frontend is here, the backend is not. */
export function NotInstalled() {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <EmptyState
      headingLevel="h2"
      title={t('state.notInstalled')}
      description={t('state.notInstalledText')}
    />
  );
}
