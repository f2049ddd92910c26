import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Select } from '@backstage/ui';
import {
  REQUEST_STATES,
  type RequestState,
} from '@fawkes/backstage-plugin-provisioning-common';
import { useEntityTitles } from '@fawkes/kit-ui/query';
import { RiAddLine } from '@remixicon/react';
import { usePaths } from '../../components/paths';
import { useMyGroups } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';
import styles from './Requests.module.css';
import type { RequestsView } from './requestsView';
import { StartAll } from './StartAll';

/** Whose, of which owner, in which state; and one button for all of them. */
export function Filter({
  view,
  onChange,
}: {
  view: RequestsView;
  onChange: (patch: Partial<RequestsView>) => void;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const make = usePaths().make();
  const mine = useMyGroups();
  const owners = [...new Set([...(mine.data ?? []), ...view.owner])];
  const titleOf = useEntityTitles(owners);
  return (
    <div className={styles.filter}>
      <div
        className={styles.pickers}
        role="group"
        aria-label={t('list.filter')}
      >
        <Select
          label={t('list.whose')}
          options={(['mine', 'all'] as const).map(id => ({
            id,
            label: t(`list.${id}`),
          }))}
          value={view.whose}
          onChange={key => onChange({ whose: key as RequestsView['whose'] })}
        />
        <Select
          label={t('list.owner')}
          selectionMode="multiple"
          placeholder={t('list.any')}
          options={owners.map(ref => ({ id: ref, label: titleOf(ref) }))}
          value={view.owner}
          onChange={keys => onChange({ owner: [...keys].map(String) })}
        />
        <Select
          label={t('list.state')}
          selectionMode="multiple"
          placeholder={t('list.any')}
          options={REQUEST_STATES.map(id => ({
            id,
            label: t(`request.${id}`),
          }))}
          value={view.state}
          onChange={keys => onChange({ state: [...keys] as RequestState[] })}
        />
      </div>
      <div className={styles.buttons}>
        <StartAll />
        {make ? (
          <ButtonLink
            variant="primary"
            iconStart={<RiAddLine aria-hidden />}
            href={make}
          >
            {t('list.new')}
          </ButtonLink>
        ) : null}
      </div>
    </div>
  );
}
