export * from './Cost';
export * from './IsolationText';
export * from './labels';
export * from './SaidList';
export { SaidText } from '@fawkes/kit-ui/query';
