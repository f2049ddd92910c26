/**
 * SHA-256 as lower-case hexadecimal digits. Handed in, since browser and backend
 * come by it in different ways.
 * @public
 */
export type Hash = (data: string | Uint8Array) => string;
