import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import { useSaid } from '@fawkes/kit-ui/values';
import { provisioningTranslationRef } from '../../translation';
import { Cards, FieldFault } from './Cards';
import { at, type Draft, type Faults, type RepositoryChoice } from './draft';
import styles from './form.module.css';
import { IsolationText } from '../words';
import { useFaultWords } from './useFaultWords';

const VISIBILITIES = ['private', 'internal', 'public'] as const;

/** Where the code lies, and what that means for this computer. */
export function RepositoryFields({
  draft,
  faults,
  hosts,
  onChange,
}: {
  draft: Draft;
  faults: Faults;
  hosts: readonly RepositoryChoice[];
  onChange: (patch: Partial<Draft>) => void;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const speak = useSaid();
  const wordsOf = useFaultWords(faults);
  const chosen = hosts.find(({ host }) => host === draft.host);
  const places = chosen?.places ?? [];
  return (
    <>
      <Cards
        name="host"
        label={t('form.repository')}
        error={wordsOf('host')}
        value={draft.host}
        choices={hosts.map(({ host, available, words }) => ({
          id: host,
          title: available
            ? t(`host.${host}`)
            : t('form.notHere', { what: t(`host.${host}`) }),
          text: speak(words, words.text),
          isDisabled: !available,
        }))}
        onChange={id => onChange(at(id as Draft['host'], hosts))}
      />
      {chosen?.isolation ? <IsolationText {...chosen.isolation} /> : null}
      {draft.host === 'github' ? (
        <div className={styles.columns}>
          <div>
            <Select
              label={t('form.place')}
              description={t('form.placeText')}
              isRequired
              secondaryLabel={t('form.required')}
              isInvalid={faults.place !== undefined}
              placeholder={t('form.choose')}
              options={places.map(({ server, owner }) => ({
                id: `${server}/${owner}`,
                label: `${server}/${owner}`,
              }))}
              value={draft.place || null}
              onChange={key => onChange({ place: String(key) })}
            />
            <FieldFault>{wordsOf('place')}</FieldFault>
          </div>
          <Select
            label={t('form.visibility')}
            options={VISIBILITIES.map(id => ({
              id,
              label: t(`form.visibility.${id}`),
            }))}
            value={draft.visibility}
            onChange={key =>
              onChange({ visibility: key as Draft['visibility'] })
            }
          />
        </div>
      ) : null}
    </>
  );
}
