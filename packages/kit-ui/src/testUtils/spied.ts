/** The methods of a client as mocks, however deep they lie. @public */
export type Spied<C> = {
  [K in keyof C]: C[K] extends (...args: infer A) => infer R
    ? jest.Mock<R, A>
    : Spied<C[K]>;
};

/**
 * A client whose calls a test can look at, and whose answers it can change
 * while the screen is open.
 * @public
 */
export function spied<C extends object>(client: C): Spied<C> {
  return Object.fromEntries(
    Object.entries(client).map(([name, method]) => [
      name,
      typeof method === 'function' ? jest.fn(method) : spied(method),
    ]),
  ) as Spied<C>;
}
