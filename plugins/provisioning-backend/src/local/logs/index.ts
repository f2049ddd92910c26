export { BoundedLog, MAX_LOG } from './boundedLog';
export { FileLog } from './fileLog';
export { copyTo, say, type Log, type LogPage } from './log';
export { Redactor } from './redactor';
