/**
 * What every Fawkes family says the same way: values that may be unknown,
 * queries and pages, faults with a path, canonical JSON, tables as CSV, and HTTP
 * routes as data.
 *
 * @packageDocumentation
 */
export * from './canonical';
export * from './csv';
export * from './faults';
export * from './fieldsOfError';
export * from './pathAutomaton';
export * from './queries';
export * from './routes';
export * from './signalTag';
export * from './text';
export * from './values';
export * from './words';
