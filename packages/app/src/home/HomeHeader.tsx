import {
  appLanguageApiRef,
  identityApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { SearchField, Text } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { portalTranslationRef } from '../translation';
import { dayPart, firstName } from './greeting';
import styles from './HomeHeader.module.css';
import { shortcutHint } from './shortcutHint';
import { usePageHrefs } from './usePageHrefs';

function useFirstName(): string | undefined {
  const identityApi = useApi(identityApiRef);
  const [name, setName] = useState<string>();
  useEffect(() => {
    let current = true;
    identityApi.getProfileInfo().then(
      profile => current && setName(firstName(profile.displayName)),
      // A greeting without a name is still a greeting.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [identityApi]);
  return name;
}

/** Greets the person and offers the search. */
export function HomeHeader(props: { now?: Date }) {
  const { now = new Date() } = props;
  const { t } = useTranslationRef(portalTranslationRef);
  const { language } = useApi(appLanguageApiRef).getLanguage();
  const searchHref = usePageHrefs()('page:search');
  const navigate = useNavigate();
  const name = useFirstName();
  const part = dayPart(now);
  const today = new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(now);

  return (
    <header className={styles.header}>
      <div>
        <Text
          as="h1"
          variant={{ initial: 'title-small', sm: 'title-medium' }}
          weight="bold"
        >
          {name ? t(`home.${part}`, { name }) : t(`home.${part}Nobody`)}
        </Text>
        <Text as="p" variant="body-medium" color="secondary">
          {today}
        </Text>
      </div>
      {searchHref && (
        <SearchField
          className={styles.search}
          aria-label={t('home.search')}
          placeholder={`${t('home.search')}${shortcutHint(navigator)}`}
          onSubmit={query =>
            navigate(`${searchHref}?query=${encodeURIComponent(query)}`)
          }
        />
      )}
    </header>
  );
}
