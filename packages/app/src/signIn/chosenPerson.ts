const KEY = 'fawkes/development-person';

/**
 * Which sample person this browser signed in as, so that a reload signs in again.
 *
 * Each tab keeps its own person, which is how a request is made as one and approved as another; a
 * new tab starts as the person chosen last.
 */
export const chosenPerson = {
  read(): string | undefined {
    return (
      sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY) ?? undefined
    );
  },
  remember(ref: string): void {
    sessionStorage.setItem(KEY, ref);
    localStorage.setItem(KEY, ref);
  },
  forget(): void {
    sessionStorage.removeItem(KEY);
    localStorage.removeItem(KEY);
  },
};
