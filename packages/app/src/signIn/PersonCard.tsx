import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Avatar, Text } from '@backstage/ui';
import { portalTranslationRef } from '../translation';
import styles from './PersonCard.module.css';
import type { SamplePerson } from './samplePeople';

/** One person to choose: a button as large as the card. */
export function PersonCard(props: {
  person: SamplePerson;
  isPending: boolean;
  isDisabled: boolean;
  onChoose(): void;
}) {
  const { name, title, team, why } = props.person;
  const { t } = useTranslationRef(portalTranslationRef);
  return (
    <button
      type="button"
      className={styles.card}
      aria-busy={props.isPending}
      aria-disabled={props.isDisabled}
      onClick={props.isDisabled ? undefined : props.onChoose}
    >
      <span className={styles.head}>
        <Avatar src="" name={name} size="large" purpose="decoration" />
        <span className={styles.who}>
          <Text as="span" variant="body-large" weight="bold">
            {name}
          </Text>
          <Text as="span" variant="body-small" color="secondary">
            {`${title} · ${team}`}
          </Text>
        </span>
      </span>
      <Text as="span" variant="body-medium" color="secondary">
        {props.isPending ? `${t('signIn.loading')} …` : why}
      </Text>
    </button>
  );
}
