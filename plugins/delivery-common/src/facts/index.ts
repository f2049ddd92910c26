export * from './claim';
export * from './factKey';
export * from './factState';
export * from './resolveFact';
export { joinFirsts, type Content, type Success } from './firstSuccess';
export * from './graves';
export * from './placeFact';
export * from './repositoryNames';
export * from './precedence';
