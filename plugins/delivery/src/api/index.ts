export * from './DeliveryApi';
export { DeliveryClient } from './DeliveryClient';
