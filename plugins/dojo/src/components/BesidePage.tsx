import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container, Header } from '@backstage/ui';
import { WayBack } from '@fawkes/kit-ui/states';
import type { ReactNode } from 'react';
import { usePaths } from '../hooks';
import { dojoTranslationRef } from '../translation';

/** A page beside the belts, with the way back to them. */
export function BesidePage({
  title,
  description,
  children,
}: {
  title: string;
  description: string;
  children: ReactNode;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const paths = usePaths();
  return (
    <>
      <Container>
        <WayBack trail={[{ label: t('page.title'), href: paths.root() }]} />
      </Container>
      <Header title={title} description={description} />
      <Container>{children}</Container>
    </>
  );
}
