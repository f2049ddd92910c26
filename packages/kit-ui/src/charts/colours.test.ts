import { chartColour } from './colours';
import { coloured } from './points';

it('has five colours, each with a token of both themes behind it', () => {
  const colours = Array.from({ length: 5 }, (_, index) => chartColour(index));
  expect(new Set(colours).size).toBe(5);
  expect(colours[0]).toBe('var(--fawkes-chart-1, var(--bui-accent-bg))');
  expect(chartColour(5)).toBe(colours[0]);
});

it('leaves a colour alone that was chosen', () => {
  const one = { key: 'a', label: 'a', values: [] };
  expect(
    coloured([one, { ...one, colour: 'red' }, one]).map(each => each.colour),
  ).toEqual([chartColour(0), 'red', chartColour(2)]);
});
