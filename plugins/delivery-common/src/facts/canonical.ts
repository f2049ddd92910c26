export { canonicalJson, compareText } from '@fawkes/kit-contract';
