export * from './draft';
export * from './FieldFault';
export * from './PlanFields';
export * from './planText';
export * from './useFirstFault';
