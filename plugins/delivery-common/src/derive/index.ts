export * from './containment';
export * from './incidents';
export * from './judge';
export * from './model';
export * from './pathPattern';
export * from './pullRequests';
export * from './serviceRules';
export * from './walk';
