import { Button, ButtonLink } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Figure } from '@fawkes/kit-contract';
import { EmptyState } from '@fawkes/kit-ui/states';
import { useElsewhere } from '../../components/facts/useElsewhere';
import { usePaths } from '../../components/facts/usePaths';
import { deliveryTranslationRef } from '../../translation';

const GUIDE_URL =
  'https://github.com/fawkes-portal/fawkes/tree/main/plugins/delivery-backend#readme';

/** The scope has no fact at all: what to do first. */
export function NoFacts({
  why,
  scope,
  onWiden,
}: {
  /** A figure that nothing is known of: it says what arrived instead. */
  why: Figure;
  scope: readonly string[];
  onWiden: () => void;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const elsewhere = useElsewhere(why);
  const quality = usePaths().quality([...scope]);
  return (
    <EmptyState
      headingLevel="h2"
      title={t('state.empty.title')}
      description={elsewhere ?? t('state.empty.text')}
      actions={
        <>
          {quality ? (
            <ButtonLink href={quality}>{t('state.empty.connect')}</ButtonLink>
          ) : null}
          <ButtonLink
            variant="secondary"
            href={GUIDE_URL}
            target="_blank"
            rel="noopener"
          >
            {t('state.empty.guide')}
          </ButtonLink>
          {scope.length > 0 ? (
            <Button variant="secondary" onPress={onWiden}>
              {t('state.empty.widen')}
            </Button>
          ) : null}
        </>
      }
    />
  );
}
