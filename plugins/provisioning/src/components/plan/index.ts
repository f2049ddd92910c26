export * from './PlanAge';
export * from './PlanChanged';
export * from './planDifference';
export * from './PlanStep';
export * from './PlanView';
export * from './usePlanning';
