import { render } from '@testing-library/react';
import { findUntranslated, readOut } from './untranslated';

const english = {
  count: 'All {{count}} of them are here',
  ok: 'Everything OK',
};
const german = { count: 'Alle {{count}} sind da', ok: 'Everything OK' };

it('hears what a page says, also what is not drawn', () => {
  render(
    <button title="Why?" aria-label="Open it">
      {'in \n two lines'}
    </button>,
  );
  expect(readOut()).toMatch(/in two lines .*Why\?.*Open it/);
});

it('finds what is said in the other language, and only that', () => {
  const untranslated = findUntranslated(english, german);
  const { rerender } = render(<p>Alle 3 sind da. Everything OK</p>);
  expect(untranslated()).toEqual([]);
  rerender(<p title="All 3 of them are here">Alle 3 sind da</p>);
  expect(untranslated()).toEqual(['of them are here']);
});
