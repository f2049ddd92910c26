import * as rules from './index';
import { provisioningWordTables } from './wordTables';

it('has every code in one table only', () => {
  const keys = provisioningWordTables.flatMap(({ texts }) =>
    Object.keys(texts),
  );
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

it('has every table that is exported', () => {
  const exported = Object.values(rules).filter(
    each => typeof each === 'object' && 'codes' in each && 'texts' in each,
  );
  expect(new Set<unknown>(provisioningWordTables)).toEqual(new Set(exported));
});

it('has both texts of each code that follows a number', () => {
  const keys = provisioningWordTables.flatMap(({ texts }) =>
    Object.keys(texts),
  );
  const stems = (number: string) =>
    keys
      .filter(key => key.endsWith(`_${number}`))
      .map(key => key.slice(0, -number.length));
  expect(stems('one')).toEqual(stems('other'));
});
