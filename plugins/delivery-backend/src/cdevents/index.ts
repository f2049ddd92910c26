export { createCdeventsSource } from './cdeventsSource';
export { parseCloudEvents, type CloudEventReading } from './parseCloudEvent';
export { readCloudEvents } from './readCloudEvents';
export { recordCloudEvents } from './recordCloudEvents';
