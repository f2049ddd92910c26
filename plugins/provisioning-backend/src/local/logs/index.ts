export { BoundedLog, MAX_LOG } from './boundedLog';
export { FileLog } from './fileLog';
export { lineWriter } from './lineWriter';
export { copyTo, say, type Log, type LogPage, type LogStream } from './log';
export { Redactor } from './redactor';
