import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Badge } from '@backstage/ui';
import type { Standing } from '@fawkes/backstage-plugin-dojo-common';
import {
  RiCheckboxCircleLine,
  RiCircleLine,
  RiProgress4Line,
} from '@remixicon/react';
import { dojoTranslationRef } from '../translation';

const ICONS = {
  new: RiCircleLine,
  started: RiProgress4Line,
  done: RiCheckboxCircleLine,
};

/** Where a learner stands, in a sign and in words. */
export function StandingBadge({ standing }: { standing: Standing }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const Icon = ICONS[standing];
  return (
    <Badge icon={<Icon aria-hidden size={14} />}>
      {t(`standing.${standing}`)}
    </Badge>
  );
}
