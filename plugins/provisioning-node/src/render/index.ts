export * from './bundle';
export * from './expressions';
export * from './references';
export * from './renderTemplate';
export * from './syntaxFault';
