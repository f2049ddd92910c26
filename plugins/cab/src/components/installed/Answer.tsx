import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Loaded, type LoadedProps } from '@fawkes/kit-ui/query';
import { EmptyState, isNotInstalled } from '@fawkes/kit-ui/states';
import { Fragment } from 'react';
import { cabTranslationRef } from '../../translation';

/** `Loaded`, which also knows a portal without the backend of this plugin. */
export function Answer<D>(props: LoadedProps<D>) {
  const { t } = useTranslationRef(cabTranslationRef);
  const { query, frame: Frame = Fragment } = props;
  if (query.data === undefined && isNotInstalled(query.error)) {
    return (
      <Frame>
        <EmptyState
          headingLevel="h2"
          title={t('state.notInstalled')}
          description={t('state.notInstalledText')}
        />
      </Frame>
    );
  }
  return <Loaded {...props} />;
}
