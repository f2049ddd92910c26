import { TableOrList } from '@fawkes/kit-ui/values';
import { BreakdownList } from './BreakdownList';
import {
  BreakdownTable,
  TABLE_FROM,
  type BreakdownProps,
} from './BreakdownTable';

/** Teams or services with their metrics, in the room there is. */
export function BreakdownRows(props: BreakdownProps) {
  return (
    <TableOrList
      tableFrom={TABLE_FROM}
      table={() => <BreakdownTable {...props} />}
      list={() => <BreakdownList {...props} />}
    />
  );
}
