import {
  configApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { ButtonLink, Text } from '@backstage/ui';
import { portalTranslationRef } from '../translation';
import styles from './WaysIn.module.css';
import { usePageHrefs } from './usePageHrefs';

const STEPS = [
  { key: 'catalog', page: 'page:catalog' },
  { key: 'delivery', page: 'page:delivery' },
  { key: 'create', page: 'page:scaffolder' },
  { key: 'register', page: 'page:catalog-import' },
  { key: 'docs', page: 'page:techdocs' },
] as const;

/** What the card of {@link WaysIn} is called. */
export function WaysInTitle() {
  const { t } = useTranslationRef(portalTranslationRef);
  return <>{t('firstSteps.title')}</>;
}

/** Where to begin: one sentence and one button for each thing this portal can do. */
export function WaysIn() {
  const { t } = useTranslationRef(portalTranslationRef);
  const pageHref = usePageHrefs();
  const services = pageHref('page:provisioning');
  // Where services can be asked for, that is how one starts something new.
  const hrefOf = (page: string) =>
    page === 'page:scaffolder' && services ? `${services}/new` : pageHref(page);
  const isSample =
    useApi(configApiRef).getOptionalBoolean('app.sampleOrganisation') ?? false;
  return (
    <>
      <ul className={styles.steps}>
        {STEPS.map(({ key, page }) => {
          const href = hrefOf(page);
          return (
            href && (
              <li key={key} className={styles.step}>
                <div>
                  <Text as="h3" variant="body-medium" weight="bold">
                    {t(`firstSteps.${key}`)}
                  </Text>
                  <Text as="p" variant="body-medium" color="secondary">
                    {t(`firstSteps.${key}Text`)}
                  </Text>
                </div>
                <ButtonLink href={href} variant="secondary" size="small">
                  {t(`firstSteps.${key}Button`)}
                </ButtonLink>
              </li>
            )
          );
        })}
      </ul>
      {isSample && (
        <Text
          as="p"
          variant="body-small"
          color="secondary"
          className={styles.note}
        >
          {t('firstSteps.sample')}
        </Text>
      )}
    </>
  );
}
