import { screen } from '@testing-library/react';
import { ErrorState } from '../states';
import { renderInPortal } from '../testUtils';
import { FigureValue, SaidProvider, useReason, useSaid } from './index';

const figure = { value: null, reason: 'Nobody asked.', code: 'asked.not' };

function Spoken() {
  const speak = useSaid();
  const reasonOf = useReason();
  return (
    <p>
      {speak({ code: 'asked.late', params: { by: 'Mira' } }, 'Too late')},{' '}
      {reasonOf(figure)},{reasonOf({ value: 7 })}
    </p>
  );
}

const parts = (
  <>
    <Spoken />
    <FigureValue figure={figure}>{value => <b>{value}</b>}</FigureValue>
    <ErrorState
      error={{ body: { error: { message: 'It is shut', code: 'asked.shut' } } }}
    />
  </>
);

describe('what a backend said', () => {
  it('is said by its code, figures and errors included', async () => {
    renderInPortal(
      <SaidProvider
        speak={({ code, params }) => `${code} ${params?.by ?? 'alone'}`}
      >
        {parts}
      </SaidProvider>,
    );
    expect(
      await screen.findByText('asked.late Mira, asked.not alone,'),
    ).toBeVisible();
    expect(screen.getByTitle('asked.not alone')).toBeVisible();
    expect(screen.getByRole('alert')).toHaveTextContent('asked.shut alone');
  });

  it('is said as it was written where no family gives its words', async () => {
    renderInPortal(parts);
    expect(await screen.findByText('Too late, Nobody asked.,')).toBeVisible();
    expect(screen.getByTitle('Nobody asked.')).toBeVisible();
    expect(screen.getByRole('alert')).toHaveTextContent('It is shut');
  });
});
