import { usePermission } from '@backstage/plugin-permission-react';
import { deliveryIntakeManagePermission } from '@fawkes/backstage-plugin-delivery-common';

/** Whether the person may replay events and start backfills. */
export function useMayManage(): boolean {
  return usePermission({ permission: deliveryIntakeManagePermission }).allowed;
}
