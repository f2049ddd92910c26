export { refuseUnsignedWebhooksModule as default } from './module';
