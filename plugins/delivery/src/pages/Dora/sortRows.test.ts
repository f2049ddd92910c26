import {
  known,
  metricSet,
  metricsRow,
  unknown,
} from '../../__testUtils__/answers';
import { parseSort, sortRows } from './sortRows';

const lead = (title: string, hours: number | null) => {
  const set = metricSet();
  return metricsRow(title, {
    metrics: {
      ...set,
      leadTime: {
        ...set.leadTime,
        p50: hours === null ? unknown('nothing') : known(hours * 3_600),
      },
    },
  });
};
const rows = [lead('b', 4), lead('d', null), lead('a', 9), lead('c', null)];
const titles = (sort: string) =>
  sortRows(rows, sort).map(row => row.entity.title);

describe('sortRows', () => {
  it('puts the unknown last in both directions', () => {
    expect(titles('leadTime')).toEqual(['b', 'a', 'c', 'd']);
    expect(titles('-leadTime')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('sorts by name, and by name where metrics are equal', () => {
    expect(titles('-name')).toEqual(['d', 'c', 'b', 'a']);
    expect(titles('-deploymentFrequency')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('reads the direction', () => {
    expect(parseSort('-leadTime')).toEqual({
      column: 'leadTime',
      direction: 'descending',
    });
  });
});
