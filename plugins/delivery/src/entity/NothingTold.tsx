import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  configApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { ButtonLink, Link, Text } from '@backstage/ui';
import {
  ANNOTATION_DELIVERY_ENVIRONMENTS,
  ANNOTATION_DELIVERY_PATHS,
  ANNOTATION_GITHUB_SLUG,
  ANNOTATION_GITLAB_SLUG,
} from '@fawkes/backstage-plugin-delivery-common';
import type { Figure } from '@fawkes/kit-contract';
import { EmptyState } from '@fawkes/kit-ui/states';
import { CopyBlock } from '@fawkes/kit-ui/values';
import { usePaths } from '../components/facts';
import { useElsewhere } from '../components/facts/useElsewhere';
import { deliveryTranslationRef } from '../translation';
import styles from './entity.module.css';
import { deploymentCurl, webhookUrl } from './firstEvent';

const DOCS =
  'https://github.com/fawkes-portal/fawkes/blob/main/docs/delivery/send-events.md';

const LOOKED_FOR = [
  ANNOTATION_GITHUB_SLUG,
  ANNOTATION_GITLAB_SLUG,
  ANNOTATION_DELIVERY_PATHS,
  ANNOTATION_DELIVERY_ENVIRONMENTS,
];

/** Nothing is known yet: what was looked for, and how the first fact comes. */
export function NothingTold({
  entity,
  why,
}: {
  entity: Entity;
  /** A figure that nothing is known of: it says what arrived instead. */
  why: Figure;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const elsewhere = useElsewhere(why);
  const paths = usePaths();
  const baseUrl = useApi(configApiRef).getString('backend.baseUrl');
  const ref = stringifyEntityRef(entity);
  const isService = ref.startsWith('component:');
  const quality = paths.quality([ref]);

  return (
    <EmptyState
      title={t('fact.first.title')}
      description={
        <div className={styles.steps}>
          {elsewhere ? <p>{elsewhere}</p> : null}
          <p>{t(isService ? 'fact.first.service' : 'fact.first.scope')}</p>
          {isService ? (
            <>
              <Text as="h4" variant="body-large" weight="bold">
                {t('fact.first.annotations')}
              </Text>
              <ul className={styles.annotations}>
                {LOOKED_FOR.map(annotation => (
                  <li key={annotation}>
                    <code>{annotation}</code>:{' '}
                    {entity.metadata.annotations?.[annotation] ??
                      t('fact.first.notSet')}
                  </li>
                ))}
              </ul>
              <Text as="h4" variant="body-large" weight="bold">
                {t('fact.first.webhook')}
              </Text>
              <p>{t('fact.first.webhookText')}</p>
              <CopyBlock
                label={t('fact.first.webhookUrl')}
                text={webhookUrl(baseUrl)}
              />
              <Text as="h4" variant="body-large" weight="bold">
                {t('fact.first.curl')}
              </Text>
              <p>{t('fact.first.curlText')}</p>
              <CopyBlock
                label={t('fact.first.curlLabel')}
                text={deploymentCurl(baseUrl, ref)}
              />
            </>
          ) : null}
          <Link href={DOCS} target="_blank" rel="noopener">
            {t('fact.first.docs')}
          </Link>
        </div>
      }
      actions={
        quality ? (
          <ButtonLink size="small" variant="secondary" href={quality}>
            {t('fact.entity.quality')}
          </ButtonLink>
        ) : undefined
      }
    />
  );
}
