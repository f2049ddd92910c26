export {
  createCdeventsSource,
  type CdeventsSourceOptions,
} from './cdeventsSource';
export { parseCloudEvents, type CloudEventReading } from './parseCloudEvent';
export { createCdeventsRouter, type CdeventsRouterOptions } from './router';
export { recordCloudEvents } from './recordCloudEvents';
