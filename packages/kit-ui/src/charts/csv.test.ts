import { toCsv, type DataColumn } from './csv';

type Row = { name: string; value: number | null };
const columns: DataColumn<Row>[] = [
  {
    key: 'name',
    header: 'Name',
    csvHeader: 'name',
    raw: row => row.name,
    text: row => row.name,
  },
  {
    key: 'value',
    header: 'Value',
    csvHeader: 'value_seconds',
    raw: row => row.value,
    text: row => String(row.value),
  },
];

describe('toCsv', () => {
  it('writes raw values, empty where unknown', () => {
    expect(
      toCsv(columns, [
        { name: 'a', value: 1.5 },
        { name: 'b', value: null },
        { name: 'c', value: -2 },
      ]),
    ).toBe('name,value_seconds\r\na,1.5\r\nb,\r\nc,-2\r\n');
  });

  it('quotes what would break a row, and defuses formulas', () => {
    expect(
      toCsv(columns, [
        { name: 'a, "b"\nc', value: 0 },
        { name: '=HYPERLINK("x")', value: 0 },
      ]),
    ).toBe(
      'name,value_seconds\r\n"a, ""b""\nc",0\r\n"\'=HYPERLINK(""x"")",0\r\n',
    );
  });
});
