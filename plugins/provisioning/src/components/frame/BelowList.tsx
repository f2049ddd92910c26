import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import { WayBack } from '@fawkes/kit-ui/states';
import { layout } from '@fawkes/kit-ui/values';
import type { PropsWithChildren } from 'react';
import { provisioningTranslationRef } from '../../translation';
import { usePaths } from '../paths';

/** What stands in the place of a page about one request, with the way to all of them. */
export function BelowList({ children }: PropsWithChildren) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <Container>
      <WayBack trail={[{ label: t('list.title'), href: usePaths().home() }]} />
      <div className={layout.page}>{children}</div>
    </Container>
  );
}
