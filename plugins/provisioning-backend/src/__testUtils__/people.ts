export const PAYMENTS = 'group:default/payments';
export const SHOP = 'group:default/shop';
export const PLATFORM = 'group:default/platform';
export const DOJO = 'group:default/dojo';
/** Of payments. */
export const MIRA = 'user:default/mira';
/** Of payments too. */
export const TOM = 'user:default/tom';
/** Of shop. */
export const ANNA = 'user:default/anna';
/** Of platform. */
export const LENA = 'user:default/lena';
