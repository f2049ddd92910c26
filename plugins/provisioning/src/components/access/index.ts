export * from './ActionButton';
export * from './Refused';
export * from './ActionDialog';
